import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type LinkSpeed, linkSpeed } from './index.js'

function parse(stdout: string): readonly LinkSpeed[] | string {
  try {
    return linkSpeed.sources.linux?.[0]?.parse({ exitCode: 0, stdout, stderr: '' }, [{}])[0] ?? 'no source'
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message
    throw error
  }
}

test.each<[string, readonly LinkSpeed[] | string]>([
  // Linux 6.18 with a veth, a bridge without ports, a loopback, and a tun device that is down.
  [
    'br0 - -\neth0 10000 full\nlo - -\ntun0 10 full\nend\n',
    [
      { name: 'br0', speed: null, duplex: null },
      { name: 'eth0', speed: 10_000_000_000, duplex: 'full' },
      { name: 'lo', speed: null, duplex: null },
      { name: 'tun0', speed: 10_000_000, duplex: 'full' },
    ],
  ],
  // SPEED_UNKNOWN, as kernels before and after 4.9 print it.
  ['eth0 -1 unknown\nend\n', [{ name: 'eth0', speed: null, duplex: null }]],
  ['eth0 4294967295 half\nend\n', [{ name: 'eth0', speed: null, duplex: 'half' }]],
  ['end\n', []],
  ['', 'expected speeds from /sys/class/net, found nothing'],
  ['eth0 fast full\nend\n', 'expected a speed from /sys/class/net, found "eth0 fast full"'],
])('%j', (text, expected) => {
  expect(parse(text)).toEqual(expected)
})

test('any damage gives a value of the right shape or is refused', () => {
  const text = 'br0 - -\neth0 10000 full\nlo - -\nend\n'
  fc.assert(
    fc.property(fc.nat(), fc.string({ maxLength: 6 }), fc.nat({ max: 10 }), (at, patch, cut) => {
      const place = at % text.length
      const value = parse(text.slice(0, place) + patch + text.slice(place + cut))
      expect(typeof value === 'string' || linkSpeed.isValue(value)).toBe(true)
    }),
  )
})
