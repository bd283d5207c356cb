import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type Neighbors, neighbors } from './index.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const slug = (name: string): string => name.replace(/\W+/g, '-').replace(/^-/, '')
const sources = new Map(neighbors.sources.linux?.map((source) => [slug(source.name), source]))
const names = readdirSync(directory).filter((name) => name.endsWith('.out'))

function parse(source: string, stdout: string, stderr = ''): Neighbors | { readonly notUnderstood: string } {
  try {
    const value = sources.get(source)?.parse({ exitCode: 0, stdout, stderr }, [{}])[0]
    if (value === undefined) throw new Error(`no value from ${source}`)
    return value
  } catch (error) {
    if (error instanceof NotUnderstood) return { notUnderstood: error.message }
    throw error
  }
}

describe('recordings', () => {
  it('there is one for each source', () => {
    expect(new Set(names.map((name) => name.split('.')[0]))).toEqual(new Set(sources.keys()))
  })

  it.each(names)('%s', (name) => {
    const value = parse(name.split('.')[0] ?? '', read(name))
    expect(value).toEqual(JSON.parse(read(name.replace(/out$/, 'expected.json'))))
    expect(neighbors.isValue(value)).toBe(true)
  })

  it('text, JSON and BusyBox say the same', () => {
    const json = parse('ip-j', read('ip-j.debian12.out'))
    expect(parse('ip', read('ip.debian12.out'))).toEqual(json)
    expect(parse('busybox-ip', read('busybox-ip.debian12.out'))).toEqual(json)
  })
})

describe('what versions do differently', () => {
  const row = { family: 'inet', address: '10.0.0.1', interface: 'eth0', mac: '02:00:00:00:00:01', state: 'stale', router: null }

  it.each([
    ['statistics run together', 'ip', '10.0.0.1 dev eth0 lladdr 02:00:00:00:00:01  ref 1 used 2/2/2probes 4 STALE \n'],
    ['learnt elsewhere, managed and offloaded', 'ip', '10.0.0.1 dev eth0 lladdr 02:00:00:00:00:01 offload managed extern_learn STALE \n'],
    ['who set it', 'ip', '10.0.0.1 dev eth0 lladdr 02:00:00:00:00:01 extern_learn proto zebra STALE \n'],
    ['entries that a filter dropped', 'ip-j', '[{},{"dst":"10.0.0.1","dev":"eth0","lladdr":"02:00:00:00:00:01","state":["STALE"]},{}]'],
    [
      'what the host answers for itself',
      'ip-j',
      '[{"dst":"10.0.0.9","dev":"eth0","proxy":null},{"dst":"10.0.0.1","dev":"eth0","lladdr":"02:00:00:00:00:01","state":["STALE"]}]',
    ],
  ])('%s', (_, source, text) => {
    expect(parse(source, text)).toMatchObject({ entries: [row] })
  })

  it.each([
    ['ip', ''],
    ['ip-j', '[]'],
    ['ip-j', '[ ]\n'],
    ['busybox-ip', ''],
  ])('a host without a neighbour: %s', (source, text) => {
    expect(parse(source, text)).toEqual({ families: ['inet', 'inet6'], complete: true, entries: [] })
  })

  it('/proc tells of IPv4 alone, and not of all', () => {
    const empty = 'IP address       HW type     Flags       HW address            Mask     Device\n'
    expect(parse('proc', empty)).toEqual({ families: ['inet'], complete: false, entries: [] })
  })

  it('of a table that is too large as much is kept as makes sense, and it says so', () => {
    const rows = Array.from({ length: 131_073 }, (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255} dev eth0 FAILED`)
    const value = parse('ip', `${rows.join('\n')}\n`)
    expect(value).toMatchObject({ complete: false })
    expect('entries' in value && value.entries.length).toBe(131_072)
  })
})

describe('refusals', () => {
  it.each([
    ['ip-j', '', 'expected a JSON array from ip -j, found nothing'],
    ['ip-j', '10.0.0.1 dev eth0 STALE\n', 'expected a JSON array from ip -j, found "10.0.0.1 dev eth0 STALE\\n"'],
    ['ip-j', '[{"dst":"10.0.0.1"}]', 'expected a neighbour of ip -j neigh, found "{\\"dst\\":\\"10.0.0.1\\"}"'],
    ['ip-j', '[{"dst":"10.0.0.1","dev":"eth0","state":["STALE","NEW"]}]', /^expected a neighbour of ip -j neigh, found /],
    ['ip-j', '[{"dst":"10.0.0.1","dev":"eth0","state":["NEW"]}]', 'expected the state of a neighbour, found "NEW"'],
    ['ip', 'Command line is not complete.\n', 'expected a neighbour of ip neigh, found "Command line is not complete."'],
    ['ip', '10.0.0.300 dev eth0 STALE\n', 'expected an address of a neighbour, found "10.0.0.300"'],
    ['ip', '10.0.0.3 dev eth0 lladdr fritz STALE\n', 'expected a hardware address, found "fritz"'],
    ['ip', '10.0.0.3 dev eth0 lladdr 02:00:00:00:00:01 WELL\n', 'expected the state of a neighbour, found "WELL"'],
    ['proc', '', 'expected the heading of /proc/net/arp, found nothing'],
    [
      'proc',
      'IP address       HW type     Flags       HW address            Mask     Device\n10.0.0.1\n',
      'expected a row of /proc/net/arp, found "10.0.0.1"',
    ],
  ])('%s: %j', (source, text, notUnderstood) => {
    expect(parse(source, text)).toEqual({
      notUnderstood: typeof notUnderstood === 'string' ? notUnderstood : expect.stringMatching(notUnderstood),
    })
  })

  it('a table that changed while it was read is not believed', () => {
    expect(parse('ip-j', read('ip-j.debian12.out'), 'Dump was interrupted and may be inconsistent.\n')).toHaveProperty('notUnderstood')
  })

  it.each([
    [null],
    [{ families: ['inet'], complete: true }],
    [{ families: ['inet'], complete: true, entries: [{ address: '010.0.0.1' }] }],
  ])('a recording with %j is none', (value) => {
    expect(neighbors.isValue(value)).toBe(false)
  })
})

it('a recording with any damage gives a value of the right shape or is refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), fc.string({ maxLength: 6 }), fc.nat({ max: 40 }), (name, at, patch, cut) => {
      const text = read(name)
      const place = at % text.length
      const value = parse(name.split('.')[0] ?? '', text.slice(0, place) + patch + text.slice(place + cut))
      expect('notUnderstood' in value || neighbors.isValue(value)).toBe(true)
    }),
  )
})
