import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../errors.js'
import { SsRows } from './ss-rows.js'

const header = 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n'
const row = /^(tcp|udp) +([A-Z][A-Z0-9-]*) +\d+ +\d+ +(\S+) +(\S+)/

function read(pieces: readonly string[], indented = true): readonly (readonly string[])[] {
  const found: string[][] = []
  const rows = new SsRows(row, indented, ({ match, rest }) => found.push([match[0], rest]))
  for (const piece of pieces) rows.take(piece)
  rows.end()
  return found
}

const recordings = ['listeners', 'sockets'].flatMap((fact) => {
  const folder = new URL(`../../facts/${fact}/fixtures/`, import.meta.url)
  const names = readdirSync(folder).filter((name) => name.startsWith('ss-') && name !== 'ss-2.6.35.txt')
  return names.map((name): [string, string] => [name, readFileSync(new URL(name, folder), 'utf8')])
})

describe('rows of ss', () => {
  it.each(recordings)('%s, cut anywhere, is the same', (_, text) => {
    const whole = read([text])
    expect(whole.length).toBeGreaterThan(5)
    const cuts = fc.array(fc.nat({ max: text.length }), { maxLength: 20 }).map((places) => places.sort((a, b) => a - b))
    fc.assert(
      fc.property(cuts, (places) => {
        const pieces = [...places, text.length].map((place, index) => text.slice(places[index - 1] ?? 0, place))
        expect(read(pieces)).toEqual(whole)
      }),
      { numRuns: 30 },
    )
  })

  const first = 'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:1234'
  it.each<[string, string, boolean, readonly (readonly string[])[]]>([
    ['nothing but the header', header, true, []],
    ['a row', `${header}${first}\n`, true, [[first, '']]],
    ['a row without its line break', `${header}${first}`, true, [[first, '']]],
    ['details under a row', `${header}${first}  \n\t cubic rtt:1/2\n`, true, [[first, '  \n\t cubic rtt:1/2']]],
    [
      'a process with a line break in its name',
      `${header}${first} users:(("a\n\nb",pid=1,fd=2))\n${first}\n`,
      false,
      [
        [first, ' users:(("a\n\nb",pid=1,fd=2))'],
        [first, ''],
      ],
    ],
    ['lines without anything', `${header}\n${first}\n \n`, false, [[first, '']]],
  ])('%s', (_, text, indented, expected) => {
    expect(read([text], indented)).toEqual(expected)
    expect(read([...text], indented)).toEqual(expected)
  })

  it.each<[string, string, boolean, string]>([
    ['nothing at all', '', true, 'expected the header of ss with a column State, found nothing'],
    ['another header', 'State Recv-Q\n', true, 'expected the header of ss with a column State, found "State Recv-Q"'],
    ['what stands before all rows', `${header} rtt:1/2\n`, true, 'expected a socket of ss, found " rtt:1/2"'],
    ['what is indented where nothing is', `${header}${first}\n rtt:1/2\n`, false, 'expected a socket of ss, found " rtt:1/2"'],
    ['what is not indented', `${header}${first}\nrtt:1/2\n`, true, 'expected a socket of ss, found "rtt:1/2"'],
    ['what comes after the processes', `${header}${first} users:(("a",pid=1,fd=2))\nx\n`, true, 'expected a socket of ss, found "x"'],
  ])('refuses %s', (_, text, indented, message) => {
    expect(() => read([text], indented)).toThrow(NotUnderstood)
    expect(() => read([text], indented)).toThrow(message)
  })

  it.each([
    ['a list of processes that never ends', `${first} users:(("${'a\n'.repeat(1_000_000)}`],
    ['one that begins again and again', `${first} ${'users:(("'.repeat(200_000)}`],
    ['details without end', `${first}\n${' a\n'.repeat(1_000_000)}`],
  ])('%s takes time in proportion', (_, text) => {
    const began = performance.now()
    expect(read([header, text])).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
