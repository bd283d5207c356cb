import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A fenced block of a page. */
export interface Block {
  /** `README.md:31`: the page and the line of the fence, both as people would look for them. */
  readonly place: string
  readonly language: string
  readonly text: string
}

const below = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))

/** The pages that users read; the template's check kind exists only once it has been copied. */
const pages = ['README.md', ...below('docs'), ...below('src/checks')]
  .filter((page) => page.endsWith('.md') && !page.includes('_template'))
  .sort()

export const blocks: readonly Block[] = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language = '', 2: body = '' }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length}`,
    language,
    text: body,
  }))
})

const has = (key: string, { text }: Block): boolean => new RegExp(`^${key}:`, 'm').test(text)

const yaml = blocks.filter(({ language }) => language === 'yaml')
export const runbooks = yaml.filter((block) => has('checks', block))
export const inventories = yaml.filter((block) => has('hosts', block) && !has('checks', block))
/** What is neither: a part of a file, to be shown as something else than `yaml`. */
export const fragments = yaml.filter((block) => !runbooks.includes(block) && !inventories.includes(block))

/** Links to files of the project, by the page they are on. */
export const links = pages.flatMap((page) => {
  const prose = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '')
  const targets = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target)
  return targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => ({ page, target: join(root, dirname(page), target) }))
})

/** Lines of shell that call netproof, in examples and in the synopsis. */
export const commandLines = blocks
  .filter(({ language }) => language === 'sh' || language === '')
  .flatMap(({ place, text }) =>
    text
      .replaceAll('\\\n', ' ')
      .split('\n')
      .filter((line) => line.startsWith('netproof '))
      .map((line) => ({ place, line })),
  )
