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
  format: 'esm',
  outdir: out,
  splitting: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { NETPROOF_VERSION: JSON.stringify(version) },
}

await Promise.all([
  // The library leaves its dependencies to the user's own node_modules.
  build({ ...common, entryPoints: { index: 'src/index.ts' }, chunkNames: 'library/[name]-[hash]', external: Object.keys(dependencies) }),
  // The command carries everything in few files: fewer files to find and parse is what makes it start fast.
  build({
    ...common,
    entryPoints: { cli: 'src/cli.ts' },
    chunkNames: 'bin/[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    banner: { js: "import { createRequire as netproofRequire } from 'node:module'; const require = netproofRequire(import.meta.url);" },
  }),
])

// What `netproof explain` prints.
mkdirSync(`${out}/docs/checks`, { recursive: true })
for (const kind of readdirSync('src/checks').filter((name) => !name.startsWith('_'))) {
  copyFileSync(`src/checks/${kind}/README.md`, `${out}/docs/checks/${kind}.md`)
}

const cli = readFileSync(`${out}/cli.js`, 'utf8')
if (!cli.startsWith('#!')) writeFileSync(`${out}/cli.js`, `#!/usr/bin/env node\n${cli}`)
chmodSync(`${out}/cli.js`, 0o755)

if (process.argv.includes('--types')) {
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', `${out}/types`], { stdio: 'inherit' })
}
rmSync('dist', { recursive: true, force: true })
renameSync(out, 'dist')
