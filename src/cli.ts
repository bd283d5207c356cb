import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import type * as Main from './cli/main.js'
import { version } from './version.js'

/** The bundle of everything else, and what V8 made of it when it was built; see `scripts/build.mjs`. */
const bundle = fileURLToPath(new URL('bin/netproof.cjs', import.meta.url))

// Answered before anything else is loaded: scripts ask for it often.
if (['--version', '-V'].includes(process.argv[2] ?? '') && process.argv.length === 3) process.stdout.write(`${version}\n`)
else process.exitCode = await load().main(process.argv, new URL('../', import.meta.url))

/**
 * Half of what a short command costs is V8 compiling us. Compiled code is kept beside the bundle; made by another
 * version of Node, V8 refuses it and compiles as usual.
 */
function load(): typeof Main {
  // Optimising what runs a few thousand times costs a short run more than it gains; a long one optimises a little later.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000')
  // It is all ASCII (see `makeAscii` in scripts/build.mjs), which V8 reads in half the time.
  const script = new Script(readFileSync(bundle, 'latin1'), { filename: 'netproof.cjs', cachedData: compiledCode() })
  const module = { exports: {} as typeof Main }
  script.runInThisContext()(module.exports, createRequire(bundle), module)
  return module.exports
}

function compiledCode(): Buffer | undefined {
  try {
    return readFileSync(`${bundle}.cache`)
  } catch {
    return undefined
  }
}
