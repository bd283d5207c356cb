import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type InterfaceCounters, interfaceCounters } from './index.js'

const before = `link eth0
ifindex 2
carrier_changes 2
collisions 0
multicast 1
rx_bytes 426
rx_errors 7
tx_packets 18446744073709551600
link lo
ifindex 1
carrier_changes 0
rx_bytes 0
end
`
const after = before
  .replace('rx_bytes 426', 'rx_bytes 1426')
  .replace('rx_errors 7', 'rx_errors 5')
  .replace('18446744073709551600', '18446744073709551610')
  .replace('ifindex 1\n', 'ifindex 9\n')
  .replace('link lo', 'link tun0\nifindex 4\nrx_bytes 5\nlink lo')

/** Linux 6.18; the second row as kernels before 2.6.3x print it. */
const proc = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
  eth0:4261234567       5    0    9    1     0          0         3      696       8    0    2    0     0       0          0
`

function parse(name: string, stdout: string, second?: string): InterfaceCounters | string {
  const source = interfaceCounters.sources.linux?.find((each) => each.name === name)
  const again = second === undefined ? {} : { again: { stdout: second, stderr: '', afterMs: 5_010 } }
  try {
    return source?.parse({ exitCode: 0, stdout, stderr: '', ...again }, [{ overMs: 5_000 }])[0] ?? 'no source'
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message
    throw error
  }
}

/** `rx-bytes +1000`. */
function changesOf(value: InterfaceCounters | string, name: string): readonly string[] {
  if (typeof value === 'string') return [value]
  const own = value.interfaces.find((each) => each.name === name)
  return own?.changes.map(({ counter, change }) => `${counter} ${change}`) ?? []
}

describe('interface-counters', () => {
  it('tells growth, and what went backwards', () => {
    const value = parse('/sys', before, after)
    expect(changesOf(value, 'eth0')).toEqual([
      ...['carrier-changes 0', 'collisions 0', 'multicast 0', 'rx-bytes 1000', 'rx-errors -2'],
      // Beyond what a JavaScript number holds.
      'tx-packets 10',
    ])
    expect(value).toMatchObject({ afterMs: 5_010 })
    expect(interfaceCounters.isValue(value)).toBe(true)
  })

  it('knows which interfaces were made anew', () => {
    expect(parse('/sys', before, after)).toMatchObject({
      interfaces: [
        { name: 'eth0', replaced: false },
        { name: 'tun0', replaced: true, changes: [] },
        { name: 'lo', replaced: true },
      ],
    })
  })

  it('reads /proc/net/dev, but not its sums', () => {
    const value = parse('/proc/net/dev', proc, proc.replace('eth0:4261234567 ', 'eth0:4261234667 '))
    expect(changesOf(value, 'eth0')).toEqual([
      ...['rx-bytes 100', 'rx-packets 0', 'rx-errors 0', 'rx-fifo-errors 0', 'rx-compressed 0', 'multicast 0'],
      ...['tx-bytes 0', 'tx-packets 0', 'tx-errors 0', 'tx-dropped 0', 'tx-fifo-errors 0', 'collisions 0', 'tx-compressed 0'],
    ])
  })

  it.each([
    ['/sys', before, undefined, 'expected a second reading of the counters, found nothing'],
    ['/sys', before, '', 'expected the counters of /sys/class/net, found nothing'],
    ['/sys', 'rx_bytes 5\nend\n', before, 'expected an interface of /sys/class/net, found "rx_bytes 5"'],
    ['/sys', 'link eth0\nrx_bytes many\nend\n', before, 'expected a number, found "many"'],
    ['/sys', 'end\n', before, 'expected at least one interface, found "end\\n"'],
    ['/proc/net/dev', 'eth0: 5\n', proc, 'expected the headings of /proc/net/dev, found "eth0: 5\\n"'],
  ])('%s refuses %j', (name, first, second, message) => {
    expect(parse(name, first, second)).toBe(message)
  })

  it('asks twice, as far apart as the window', () => {
    const commands = interfaceCounters.sources.linux?.map((source) => source.command([{ overMs: 2_000 }]).againAfterMs)
    expect(commands).toEqual([2_000, 2_000])
    expect(interfaceCounters.group?.({ overMs: 2_000 })).toBe('2000')
  })

  it('any damage gives a value of the right shape or is refused', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.nat(), fc.string({ maxLength: 6 }), fc.nat({ max: 40 }), (fromSys, at, patch, cut) => {
        const text = fromSys ? after : proc
        const place = at % text.length
        const damaged = text.slice(0, place) + patch + text.slice(place + cut)
        const value = parse(fromSys ? '/sys' : '/proc/net/dev', fromSys ? before : proc, damaged)
        expect(typeof value === 'string' || interfaceCounters.isValue(value)).toBe(true)
      }),
    )
  })
})
