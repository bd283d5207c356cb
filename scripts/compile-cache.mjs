// Compiles the bundle, uses it a little, and keeps what V8 compiled beside it, functions that were called included.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

const bundle = resolve(process.argv[2])
// As in src/cli.ts: code is taken only under the same flags.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000')
// As in src/cli.ts: V8 takes the code only for the same text.
const script = new Script(readFileSync(bundle, 'latin1'), { filename: 'netproof.cjs' })
const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(bundle), module)

const use = (...args) => module.exports.main([process.execPath, 'netproof', ...args], pathToFileURL(`${process.cwd()}/`))
const demo = 'runbooks/demo/web-db.yaml'
for (const phase of ['before', 'after']) await use('run', demo, '--replay', `runbooks/demo/recording/${phase}`, '-r', 'json')
await use('run', demo, '--replay', 'runbooks/demo/recording/after', '-r', 'junit')
await use('plan', demo)
await use('validate', demo, 'runbooks/this-machine.yaml')
await use('run', 'runbooks/this-machine.yaml')
// A login that is refused at once goes the way of all others.
const directory = mkdtempSync(join(tmpdir(), 'netproof-build-'))
writeFileSync(join(directory, 'inventory.yaml'), 'version: 1\nhosts: { nobody: { address: 127.0.0.1, port: 1 } }\n')
writeFileSync(join(directory, 'runbook.yaml'), 'version: 1\nchecks: [{ on: nobody, listening-port: { port: 22 } }]\n')
await use('run', join(directory, 'runbook.yaml'), '-i', join(directory, 'inventory.yaml'))
rmSync(directory, { recursive: true })
writeFileSync(`${bundle}.cache`, script.createCachedData())
process.exit(0)
