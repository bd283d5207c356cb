import { boundsProblem, meets, numberType } from '../../lib/expectation.js'
import { neverNegativeProblem } from '../../lib/expectation-problems.js'
import type { SpecProblem } from '../../model/check.js'
import type { Json } from '../../model/json.js'
import { isOperators } from './members.js'
import { isRounded, parsePointer } from './pointer.js'
import type { MemberExpectation, Spec } from './schema.js'

export function problemsOf(spec: Spec): readonly SpecProblem[] {
  return [...runProblems(spec), ...exitProblems(spec), ...lineProblems(spec), ...jsonProblems(spec)]
}

function runProblems({ run, shell = false, stdin = '' }: Spec): readonly SpecProblem[] {
  if (`${stdin}`.includes('\0')) return [{ path: ['stdin'], message: 'standard input cannot hold a NUL character here' }]
  if (typeof run === 'string') {
    if (run.includes('\0')) return [nul('run')]
    if (shell) return []
    const words = run.trim().split(/\s+/)
    const plain = words.length <= 12 && words.every((word) => /^[\w./:=@%+-]+$/.test(word))
    const list = plain ? `write a list: [${words.join(', ')}]` : 'write a list of the program and its arguments'
    return [
      { path: ['run'], message: 'no shell reads this line: it would be the name of a program', hint: `${list}; or say \`shell: true\`` },
    ]
  }
  if (shell)
    return [
      {
        path: ['run'],
        message: 'with `shell: true`, expected one line for sh, found a list',
        hint: 'write the line as text, or drop `shell`',
      },
    ]
  const at = run.findIndex((word) => word.includes('\0'))
  if (at !== -1) return [nul('run', at)]
  return programProblems(run[0] ?? '')
}

const nul = (...path: readonly (string | number)[]): SpecProblem => ({ path, message: 'a command cannot hold a NUL character' })

function programProblems(program: string): readonly SpecProblem[] {
  const path = ['run', 0]
  if (program === '' || program.startsWith('-'))
    return [{ path, message: `expected the name of a program, found ${JSON.stringify(program)}` }]
  if (!program.includes('/') || program.startsWith('/')) return []
  return [
    {
      path,
      message: `"${program}" is no absolute path, and nobody knows from which folder it would be meant`,
      hint: 'write all of the path, from / on; or only the name, which is looked for in the folders of the system',
    },
  ]
}

/** Every status there is (POSIX.1-2024, XCU 2.8.2). */
const statuses: readonly number[] = Array.from({ length: 256 }, (_, status) => status)

function exitProblems(spec: Spec): readonly SpecProblem[] {
  const expectation = spec['exit-status']
  if (expectation === undefined) return []
  const path = ['exit-status']
  const bounds = boundsProblem(numberType, expectation)
  if (bounds !== null) return [{ path: [...path, 'min'], message: bounds }]
  const met = statuses.filter((status) => meets(numberType, expectation, status)).length
  if (met === 0) return [{ path, message: 'no exit status, 0 to 255, can meet this' }]
  const hasMore = spec.stdout !== undefined || spec.stderr !== undefined || spec.json !== undefined
  if (met < statuses.length || hasMore) return []
  return [
    {
      path,
      message: 'every exit status meets this, and nothing else is expected: it would prove nothing',
      hint: 'say what is expected on stdout, stderr or in json',
    },
  ]
}

function lineProblems(spec: Spec): readonly SpecProblem[] {
  return (['stdout', 'stderr'] as const).flatMap((stream) => {
    const expectation = spec[stream]
    const lines = typeof expectation === 'object' ? expectation.lines : undefined
    const bounds = boundsProblem(numberType, lines) ?? neverNegativeProblem(numberType, lines)
    return bounds === null ? [] : [{ path: [stream, 'lines', 'min'], message: bounds }]
  })
}

function jsonProblems({ json = {} }: Spec): readonly SpecProblem[] {
  return Object.entries(json as Readonly<Record<string, MemberExpectation>>).flatMap(([pointer, expectation]) => {
    const path = ['json', pointer]
    if (parsePointer(pointer) === null) return [pointerProblem(pointer)]
    const rounded = roundedAt(expectation as Json, path)
    if (rounded !== null) return [roundedProblem(rounded)]
    if (!isOperators(expectation)) return []
    const { min, max, count, absent, ...others } = expectation
    const compared = [min, max, count, ...Object.values(others)].some((value) => value !== undefined)
    if (absent === true && compared) return [{ path, message: 'what is absent has no value to be compared' }]
    if (min !== undefined && max !== undefined && min > max)
      return [{ path: [...path, 'min'], message: `\`min\` ${min} is more than \`max\` ${max}` }]
    const bounds = boundsProblem(numberType, count)
    return bounds === null ? [] : [{ path: [...path, 'count', 'min'], message: bounds }]
  })
}

type Path = SpecProblem['path']

/** Where the first number is that cannot be told from its neighbours; null: nowhere. */
function roundedAt(value: Json, path: Path): Path | null {
  if (typeof value === 'number') return isRounded(value) ? path : null
  if (typeof value !== 'object' || value === null) return null
  const items: readonly (readonly [string | number, Json | undefined])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  for (const [key, item] of items) {
    const found = item === undefined ? null : roundedAt(item, [...path, key])
    if (found !== null) return found
  }
  return null
}

const roundedProblem = (path: Path): SpecProblem => ({
  path,
  message: `an integer beyond ${Number.MAX_SAFE_INTEGER} is rounded where JSON is read, and its neighbours would pass for it`,
  hint: 'compare it as text, with `stdout: { matches: … }`',
})

function pointerProblem(pointer: string): SpecProblem {
  const guess = pointer.startsWith('/')
    ? null
    : `/${pointer
        .replace(/^\$?\.?/, '')
        .replaceAll(/[.[]/g, '/')
        .replaceAll(']', '')}`
  return {
    path: ['json', pointer],
    message: `expected a JSON Pointer (RFC 6901), found ${JSON.stringify(pointer)}`,
    hint: guess === null ? 'after ~ stands 0, for ~, or 1, for /' : `did you mean "${guess}"?`,
  }
}
