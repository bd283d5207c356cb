import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

// Built aside and put in place at the end, so that nobody ever runs half a build.
const out = `dist.partial-${process.pid}`

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  legalComments: 'none',
  logLevel: 'warning',
  define: { NETPROOF_VERSION: JSON.stringify(version) },
}

await Promise.all([
  // The library leaves its dependencies to the user's own node_modules.
  build({
    ...common,
    format: 'esm',
    splitting: true,
    entryPoints: { index: 'src/index.ts' },
    outdir: out,
    chunkNames: 'library/[name]-[hash]',
    external: Object.keys(dependencies),
  }),
  build({ ...common, format: 'esm', entryPoints: { cli: 'src/cli.ts' }, outdir: out, banner: { js: '#!/usr/bin/env node' } }),
  // The command carries everything in one file: finding and reading many is what makes a program start slowly.
  build({
    ...common,
    format: 'cjs',
    minify: true,
    entryPoints: { netproof: 'src/cli/main.ts' },
    // What src/cli.ts calls: put around the text there, it would be copied at every start.
    banner: { js: '(function (exports, require, module) {' },
    footer: { js: '})' },
    outdir: `${out}/bin`,
    outExtension: { '.js': '.cjs' },
  }),
])
makeAscii(`${out}/bin/netproof.cjs`)
execFileSync(process.execPath, ['scripts/compile-cache.mjs', `${out}/bin/netproof.cjs`], { stdio: ['ignore', 'ignore', 'inherit'] })

// What `netproof explain` prints.
mkdirSync(`${out}/docs/checks`, { recursive: true })
for (const kind of readdirSync('src/checks').filter((name) => !name.startsWith('_'))) {
  copyFileSync(`src/checks/${kind}/README.md`, `${out}/docs/checks/${kind}.md`)
}

chmodSync(`${out}/cli.js`, 0o755)

if (process.argv.includes('--types')) {
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', `${out}/types`], { stdio: 'inherit' })
}
rmSync('dist', { recursive: true, force: true })
renameSync(out, 'dist')

/**
 * V8 reads a text of ASCII in half the time, and keeps it in half the memory. What esbuild leaves as it is are regular expressions,
 * where an escape means the same, and raw templates, where it does not.
 */
function makeAscii(file) {
  const text = readFileSync(file, 'utf8')
  const raw = /String\.raw`[^`]*[^\0-\x7f][^`]*`/.exec(text)
  if (raw !== null) throw new Error(`a raw template must be ASCII, for src/cli.ts reads the bundle as such: ${raw[0].slice(0, 200)}`)
  writeFileSync(
    file,
    text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
