import { beforeAll, expect, it } from 'vitest'
import { levels } from '../../bench/symmetry/declared.js'
import { generate } from '../../bench/symmetry/generate.js'
import { type ShapeName, shapes } from '../../bench/symmetry/shapes.js'
import { type Trial, tryWave } from '../../bench/symmetry/trial.js'
import type { World } from '../../bench/symmetry/world.js'
import { labDescribe } from '../lab/describe.js'

const seed = 20

/** Routers that limit their answers take a minute; the benchmark has them. */
const withoutLimits = (world: World): World => ({
  ...world,
  routers: world.routers.map((router) => ({ ...router, rateLimited: false })),
})

const isPlain = ({ routers, virtual }: World): boolean =>
  routers.every(({ silent, firewall, sharing }) => !silent && firewall === null && sharing !== 'packets') &&
  virtual.every(({ declared }) => declared)

/** The first of each shape that a router's silence or a firewall does not make undecidable, and two where they may. */
function sample(): readonly World[] {
  const worlds = Array.from({ length: 200 }, (_, index) => withoutLimits(generate(seed, index)))
  const first = (shape: ShapeName): World[] =>
    worlds.filter((world) => world.shape === shape && isPlain(world)).slice(0, shape === 'shared' ? 2 : 1)
  const odd = (is: (router: World['routers'][number]) => boolean): World[] =>
    worlds.filter(({ routers }) => routers.some(is) && !routers.some(({ firewall }) => firewall !== null && firewall !== 'udp')).slice(0, 1)
  return [
    ...(Object.keys(shapes) as ShapeName[]).flatMap(first),
    ...odd(({ firewall }) => firewall === 'udp'),
    ...odd(({ silent }) => silent),
  ]
}

labDescribe('topologies of known truth', () => {
  const worlds = sample()
  let trial: Trial
  beforeAll(async () => {
    trial = await tryWave(seed, worlds)
  }, 90_000)

  it('come in every shape', () => {
    expect(new Set(worlds.map(({ shape }) => shape))).toEqual(new Set(Object.keys(shapes)))
    expect(new Set(trial.tried.map(({ laid }) => laid.truth))).toEqual(new Set(['symmetric', 'asymmetric', 'flow-dependent']))
  })

  it.each(levels)('are never judged wrongly with %s of the routers declared', (level) => {
    const told = trial.tried.map(({ laid, said }) => ({ index: laid.world.index, truth: laid.truth, ...said[level] }))
    expect(told.filter(({ truth, verdict }) => verdict !== truth && verdict !== 'inconclusive')).toEqual([])
  })

  it('are all judged, and with high confidence, once every router is declared', () => {
    const plain = trial.tried.filter(({ laid }) => isPlain(laid.world))
    const line = (index: number, ...words: readonly (string | null)[]): string => [`#${index}`, ...words].join(' ')
    expect(plain.map(({ laid, said }) => line(laid.world.index, laid.world.shape, said.all.verdict, said.all.confidence))).toEqual(
      plain.map(({ laid }) => line(laid.world.index, laid.world.shape, laid.truth, 'high')),
    )
  })
})
