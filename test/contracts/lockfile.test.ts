import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Where npm looks for a package that `from` wants, nearest first. */
function placesOf(name: string, from: string): readonly string[] {
  const nested = from.split('/node_modules/').map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'))
  return [...nested.reverse().map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`]
}

// npm ci refuses to install anything when a package of another platform is missing, and npm install leaves out
// those that its registry does not have at the moment.
it('locks every package, also those of other platforms', async () => {
  const text = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')
  const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Locked>> }
  const missing = Object.entries(packages).flatMap(([from, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !placesOf(name, from).some((place) => place in packages)),
  )
  expect(missing).toEqual([])
})
