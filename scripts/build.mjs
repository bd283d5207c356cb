import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

rmSync('dist', { recursive: true, force: true })

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  outdir: 'dist',
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
mkdirSync('dist/docs/checks', { recursive: true })
for (const kind of readdirSync('src/checks').filter((name) => !name.startsWith('_'))) {
  copyFileSync(`src/checks/${kind}/README.md`, `dist/docs/checks/${kind}.md`)
}

const cli = readFileSync('dist/cli.js', 'utf8')
if (!cli.startsWith('#!')) writeFileSync('dist/cli.js', `#!/usr/bin/env node\n${cli}`)
chmodSync('dist/cli.js', 0o755)

if (process.argv.includes('--types')) execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
