import { declaredRouters, levels } from './declared.js'
import type { Said } from './said.js'
import { isWrong } from './score.js'
import type { Tried } from './trial.js'
import type { Router } from './world.js'

/** How much is told of each topology: nothing unless something wrong was said of it, a line, or all. */
export type Telling = 'wrong' | 'line' | 'everything'

export function explain(tried: Tried, seed: number, tell: Telling): void {
  const { laid, said, asked } = tried
  const { world, truth } = laid
  if (tell === 'line') {
    const verdicts = levels.map((level) => brief(said[level])).join(' / ')
    const traits = [...new Set(world.routers.flatMap((router) => traitsOf(router).filter((trait) => telling.test(trait))))]
    console.log(
      [`#${world.index}`, world.shape, truth, '->', verdicts, asked === null ? '' : `(asked: ${brief(asked)})`, traits.join(', ')].join(
        ' ',
      ),
    )
  }
  const all: (readonly [string, Said | null])[] = [...levels.map((level) => [level, said[level]] as const), ['asked', asked]]
  const shown = all.flatMap(([level, one]) =>
    one !== null && (tell === 'everything' || isWrong({ truth, said: one })) ? [{ level, one }] : [],
  )
  if (shown.length === 0) return
  describe(tried, seed, tell === 'everything')
  for (const { level, one } of shown) {
    console.log(`  ${isWrong({ truth, said: one }) ? 'WRONG ' : ''}${level}: ${brief(one)}`)
    if (level === 'half') console.log(`    declared: ${Object.keys(declaredRouters(seed, world, 'half')).join(' ') || 'none'}`)
    console.log(`    ${one.text.replaceAll('\n', '\n    ')}`)
  }
}

function describe({ laid: { world, truth, paths }, hops, naive }: Tried, seed: number, everything: boolean): void {
  const show = (list: readonly (string | null)[] | null): string => list?.map((address) => address ?? '*').join(' ') ?? 'not traced'
  const ways = (list: readonly (readonly string[])[]): string => list.map((path) => path.join(' ')).join(' | ')
  console.log(`\nnpm run bench:symmetry -- --seed ${seed} --only ${world.index}   (${world.shape}, truly ${truth})`)
  console.log(`  truth from a: ${ways(paths.a)}   from b: ${ways(paths.b)}`)
  console.log(`  seen  from a: ${show(hops.there)}   from b: ${show(hops.back)}`)
  if (!everything) return
  for (const router of world.routers) {
    console.log(`    ${router.name}: ${router.ports.map(({ addresses }) => addresses.join('+')).join(' ')}  ${traitsOf(router).join(', ')}`)
  }
  console.log(`  baselines: ${JSON.stringify(naive)}`)
}

const telling = /silent|drops|packets|ports/

function traitsOf({ answers, rateLimited, silent, firewall, dropsOptions, sharing, towards }: Router): readonly string[] {
  return [
    `answers ${answers}`,
    ...(rateLimited ? ['limited'] : []),
    ...(silent ? ['silent'] : []),
    ...(firewall === null ? [] : [`drops ${firewall}`]),
    ...(dropsOptions ? ['drops options'] : []),
    ...(towards.a.length > 1 || towards.b.length > 1 ? [`shares by ${sharing}`] : []),
  ]
}

const brief = ({ verdict, confidence }: Said): string => (confidence === null ? verdict : `${verdict} ${confidence}`)
