import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'

/** Each gate is a command that ends with 0; the last words say what it is for. */
const gates: readonly { readonly name: string; readonly command: readonly string[]; readonly check?: (output: string) => string | null }[] =
  [
    { name: 'schemas are fresh', command: ['tsx', 'scripts/generate.ts', '--check'] },
    // On a clean clone there are no validators yet, and what follows reads them.
    { name: 'validators are made', command: ['tsx', 'scripts/generate.ts'] },
    { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings', '.'] },
    { name: 'types', command: ['tsc', '-p', '.'] },
    {
      name: 'layers',
      command: ['depcruise', '--config', '.dependency-cruiser.mjs', 'src'],
      // With a compiler it does not know the tool reads nothing and finds nothing: that must not pass.
      check: (output) => (Number(/\((\d+) modules/.exec(output)?.[1] ?? 0) > 60 ? null : 'it read hardly any modules'),
    },
    { name: 'unused code', command: ['knip', '--no-progress'] },
    { name: 'build with types', command: ['node', 'scripts/build.mjs', '--types'] },
    { name: 'package', command: ['publint', '--strict'] },
    { name: 'types of the package', command: ['attw', '--pack', '.', '--profile', 'esm-only', '--quiet'] },
  ]

function run(command: readonly string[]): { ok: boolean; output: string } {
  const [tool = '', ...args] = command
  const path = tool === 'node' ? process.execPath : `node_modules/.bin/${tool}`
  const result = spawnSync(path, args, { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' }, maxBuffer: 64 * 2 ** 20 })
  return { ok: result.status === 0, output: `${result.stdout}${result.stderr}${result.error?.message ?? ''}` }
}

/** A floating promise, planted: the linter must find it, or it would find none elsewhere either. */
function plantedPromiseIsFound(): boolean {
  const directory = 'src/planted'
  mkdirSync(directory, { recursive: true })
  try {
    writeFileSync(
      `${directory}/floating.ts`,
      'async function work(): Promise<void> {\n  await Promise.resolve()\n}\n\nexport function start(): void {\n  work()\n}\n',
    )
    const { ok, output } = run(['biome', 'lint', directory])
    return !ok && output.includes('noFloatingPromises')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const failures: string[] = []
for (const { name, command, check } of gates) {
  const started = performance.now()
  const { ok, output } = run(command)
  const problem = ok ? (check?.(output) ?? null) : `\n${output.trim()}`
  if (problem !== null) failures.push(name)
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`${problem === null ? 'ok  ' : 'FAIL'} ${name} (${command.join(' ')}) ${seconds} s${problem === null ? '' : ` ${problem}`}`)
}
const planted = plantedPromiseIsFound()
console.log(`${planted ? 'ok  ' : 'FAIL'} a planted floating promise is found`)
if (!planted) failures.push('planted floating promise')

if (failures.length > 0) {
  console.error(`\n${failures.length} of ${gates.length + 1} gates failed: ${failures.join(', ')}`)
  process.exitCode = 1
}
