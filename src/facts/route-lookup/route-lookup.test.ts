import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import type { CommandOutput } from '../../model/fact.js'
import { linuxSources } from './linux.js'
import type { RouteLookup, RouteLookupArgs } from './value.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const slug = (name: string): string => name.replace(/\W+/g, '-')
const sources = new Map(linuxSources.map((source) => [slug(source.name), source]))
const requests = JSON.parse(read('requests.json')) as readonly RouteLookupArgs[]

function parse(name: string, output: Partial<CommandOutput>, asked: readonly RouteLookupArgs[]): readonly RouteLookup[] | string {
  const source = sources.get(name)
  if (source === undefined) throw new Error(`no source ${name} among ${[...sources.keys()].join(', ')}`)
  try {
    return source.parse({ exitCode: 0, stdout: '', stderr: '', ...output }, asked)
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message
    throw error
  }
}

describe('recordings', () => {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.stdout'))
    .map((name) => name.replace(/\.stdout$/, ''))

  test('cover every source', () => {
    expect(new Set(names.map((name) => name.split('.')[0]))).toEqual(new Set(sources.keys()))
  })

  test.each(names)('%s', (name) => {
    const value = parse(name.split('.')[0] ?? '', { stdout: read(`${name}.stdout`), stderr: read(`${name}.stderr`) }, requests)
    expect(value).toEqual(JSON.parse(read(`${name}.expected.json`)))
  })
})

describe('commands', () => {
  const two: readonly RouteLookupArgs[] = [{ destination: '192.0.2.1' }, { destination: '2001:db8::1', from: '2001:db8::2' }]

  test.each([
    [
      'ip-j-batch',
      'route get 192.0.2.1\nroute get fibmatch 192.0.2.1\nroute get 2001:db8::1 from 2001:db8::2\nroute get fibmatch 2001:db8::1 from 2001:db8::2\n',
    ],
    ['ip-batch', 'route get 192.0.2.1\nroute get 2001:db8::1 from 2001:db8::2\n'],
    ['ip-route-get', '-4 192.0.2.1\n-6 2001:db8::1 2001:db8::2\n'],
  ])('%s asks everything in one process', (name, stdin) => {
    expect(sources.get(name)?.command(two).stdin).toBe(stdin)
  })

  test.each([...sources.keys()])('%s is given addresses alone, never what could be a further command', (name) => {
    for (const destination of ['192.0.2.1\nroute flush table main', '$(reboot)', 'default', '']) {
      expect(() => sources.get(name)?.command([{ destination }])).toThrow(`not an address: ${destination}`)
      expect(() => sources.get(name)?.command([{ destination: '192.0.2.1', from: destination }])).toThrow('not an address')
    }
  })
})

describe('answers', () => {
  const one: readonly RouteLookupArgs[] = [{ destination: '2001:db8:67::1' }]

  // Linux before 4.2 answers so, as net/ipv6/route.c of that time shows; written after the source, not recorded.
  test.each([
    ['ip-batch', 'unreachable 2001:db8:67::1 from :: dev lo table unspec proto kernel src 2001:db8::5 metric 4294967295 error -101'],
    ['ip-route-get', 'unreachable 2001:db8:67::1 from :: dev lo  proto kernel  src 2001:db8::5  metric -1  error -101\nend of answer 0\n'],
    [
      'ip-j-batch',
      '[{"type":"unreachable","dst":"2001:db8:67::1","from":"::","dev":"lo","metric":4294967295,"flags":[],"error":-101}]\n[{"type":"unreachable","dst":"default"}]',
    ],
  ])('%s: a route that refuses is a failure', (name, stdout) => {
    expect(parse(name, { stdout }, one)).toEqual([{ failure: 'unreachable', message: "the route's type is unreachable" }])
  })

  test('musl words failures differently', () => {
    const stdout = 'ip: RTNETLINK answers: Host is unreachable\nend of answer 2\n'
    expect(parse('ip-route-get', { stdout }, one)).toEqual([{ failure: 'unreachable', message: 'Host is unreachable' }])
  })

  test.each<[string, Partial<CommandOutput>, string]>([
    // A missing tool is no missing route.
    [
      'ip-route-get',
      { stdout: 'sh: ip: not found\nend of answer 127\n' },
      'expected the kernel\'s answer to ip route get, found "sh: ip: not found"',
    ],
    ['ip-route-get', { stdout: '' }, 'expected 1 answers from ip route get, found nothing'],
    [
      'ip-batch',
      { stderr: 'Option "-force" is unknown' },
      'expected 1 answers from ip -batch, found "0 answers, 0 failures: Option \\"-force\\" is unknown"',
    ],
    [
      'ip-batch',
      { stderr: 'Cannot open netlink socket\nCommand failed -:1\n' },
      'expected the kernel\'s answer to ip route get, found "Cannot open netlink socket"',
    ],
    ['ip-batch', { stdout: '2001:db8:68::1 via fe80::1 dev eth0' }, 'expected an answer about 2001:db8:67::1, found "2001:db8:68::1/128"'],
    [
      'ip-j-batch',
      { stdout: '2001:db8:67::1 via fe80::1 dev eth0\n2001:db8:67::1 via fe80::1 dev eth0' },
      'expected a JSON array from ip -j, found "2001:db8:67::1 via fe80::1 dev eth0"',
    ],
  ])('%s refuses what is no answer of the kernel', (name, output, message) => {
    expect(parse(name, output, one)).toBe(message)
  })

  test('a batch that stopped at its first failure (iproute2 before 4.3) is not understood', () => {
    const output = { exitCode: 2, stdout: '10.20.1.1 via 10.10.0.1 dev eth1\n', stderr: 'RTNETLINK answers: Invalid argument\n' }
    expect(parse('ip-batch', output, requests.slice(0, 3))).toBe(
      'expected 3 answers from ip -batch, found "1 answers, 0 failures: RTNETLINK answers: Invalid argument\\n"',
    )
  })

  test.each([...sources.keys()])('%s throws nothing but NotUnderstood on arbitrary text', (name) => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.constantFrom(
            '10.20.1.1',
            'via',
            'dev',
            '\n',
            '[{"dst":"10.20.1.1"}]',
            'Command failed -:1',
            'RTNETLINK answers: ',
            'end of answer 0',
            '-1',
          ),
        )
        .map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, text, (stdout, stderr) => {
        expect(['string', 'object']).toContain(typeof parse(name, { stdout, stderr }, requests.slice(0, 1)))
      }),
    )
  })
})
