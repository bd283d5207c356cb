import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type RecordRoute, recordRoute } from './index.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const [source] = recordRoute.sources.linux ?? []
if (source === undefined) throw new Error('no source')

const args = { host: '10.20.0.5', timeoutMs: 1_000 }

function parse(stdout: string, stderr = '', exitCode = 0): RecordRoute | string {
  try {
    return source?.parse({ exitCode, stdout, stderr }, [args])[0] ?? 'no value'
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message
    throw error
  }
}

const exitCodes: Readonly<Record<string, number>> = { 'no-answer': 1, unreachable: 1, 'wrong-source': 2 }

describe('recordings', () => {
  const names = readdirSync(directory).flatMap((name) => (name.endsWith('.out') ? [name.slice(0, -4)] : []))

  it('there are some', () => expect(names).toHaveLength(5))

  it.each(names)('%s', (name) => {
    const value = parse(read(`${name}.out`), read(`${name}.err`), exitCodes[name])
    expect(value).toEqual(JSON.parse(read(`${name}.json`)))
    expect(recordRoute.isValue(value)).toBe(true)
  })
})

it('asks a few times, from the address that is wanted', () => {
  expect(source.command([{ ...args, source: '198.51.100.10', timeoutMs: 1_500 }])).toEqual({
    tool: ['ping'],
    args: ['-n', '-R', '-c', '3', '-i', '0.2', '-W', '2', '-I', '198.51.100.10', '10.20.0.5'],
    accept: [0, 1, 2],
    timeoutMs: 9_500,
  })
})

describe('what came back', () => {
  const reply = '64 bytes from 10.20.0.5: icmp_seq=1 ttl=62 time=0.1 ms'

  it.each<[string, string, RecordRoute | string]>([
    ['a reply without the option', `PING 10.20.0.5\n${reply}\n`, { routes: [], problem: null }],
    ['an option in which nobody wrote', `PING 10.20.0.5\n${reply}\nRR: \n\n`, { routes: [], problem: null }],
    [
      'a route that changes',
      `PING 10.20.0.5\n${reply}\nRR: \t10.0.0.1\n\t10.0.0.2\n\n${reply}\nRR: \t10.0.0.1\n\t10.0.0.3\n\n${reply}\t(same route)\n`,
      {
        routes: [
          ['10.0.0.1', '10.0.0.2'],
          ['10.0.0.1', '10.0.0.3'],
          ['10.0.0.1', '10.0.0.3'],
        ],
        problem: null,
      },
    ],
    ['a name', `PING x\n${reply}\nRR: \tcore1\n`, 'expected a recorded address, found "core1"'],
    ['too many', `PING x\nRR: \t10.0.0.1\n${'\t10.0.0.2\n'.repeat(9)}`, expect.stringMatching(/^expected at most nine recorded addresses/)],
    ['BusyBox', '', 'expected the answers of ping -R, found "ping: invalid option -- \'R\'"'],
  ])('%s', (_, stdout, expected) => {
    expect(parse(stdout, stdout === '' ? "ping: invalid option -- 'R'" : '', stdout === '' ? 1 : 0)).toEqual(expected)
  })

  it('takes any text for a value or for not understood', () => {
    const line = fc.constantFrom('PING x', reply, 'RR: \t10.0.0.1', '\t10.0.0.2', '\t(same route)', `${reply}\t(same route)`, '', '\tx y')
    fc.assert(
      fc.property(
        fc.array(fc.oneof(line, fc.string()), { maxLength: 30 }),
        fc.string(),
        fc.integer({ min: 0, max: 2 }),
        (lines, stderr, code) => {
          const value = parse(lines.join('\n'), stderr, code)
          expect(typeof value === 'string' || recordRoute.isValue(value)).toBe(true)
        },
      ),
    )
  })
})

it.each([null, {}, { routes: [['x']], problem: null }, { routes: [['10.0.0.01']], problem: null }, { routes: [] }])(
  '%j is no value',
  (value) => {
    expect(recordRoute.isValue(value)).toBe(false)
  },
)
