import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capture } from './index.js'
import { tcpdump } from './source.js'
import type { CaptureArgs } from './value.js'

const args: CaptureArgs = { interface: 'lo', filter: 'icmp', forMs: 900, lingerMs: null, count: null, snapLength: 512, probe: null }
const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.out`, import.meta.url), 'utf8')
const read = (stdout: string) => tcpdump.parse({ exitCode: 0, stdout, stderr: '' }, [args])[0]
const pinged = fixture('tcpdump-4.99.3-lo')

describe('what the capture program tells', () => {
  it('is read without the canaries, from one to the other', () => {
    const value = read(pinged)
    expect(value).toMatchObject({ tool: 'tcpdump version 4.99.3', ended: 'time', dropped: { kernel: 0, interface: 0 } })
    expect(value?.packets.length).toBeGreaterThan(1)
    expect(new Set(value?.packets.map(({ protocol, source, destination }) => `${protocol} ${source} ${destination}`))).toEqual(
      new Set(['icmp 127.0.0.1 127.0.0.1']),
    )
    expect(Buffer.from(value?.pcap ?? '', 'base64').toString('latin1')).not.toContain('netproof-canary')
    expect(capture.isValue(value)).toBe(true)
  })

  it('is read of an interface without frames', () => {
    expect(read(fixture('tcpdump-4.99.3-tun'))).toMatchObject({ ended: 'time', dropped: { kernel: 0, interface: 0 } })
  })

  it.each([
    [
      'no canary when it ended',
      pinged.replace('"ended": "time"', '"ended": "answered"').replace(/(\n[A-Za-z0-9+/=]{400})[A-Za-z0-9+/=]*/, '$1'),
      'the capture on lo did not show its canary when it ended, so it proves nothing',
    ],
    [
      'the canary of another capture',
      pinged.replace(/"nonce": "../, '"nonce": "zz'),
      'the capture on lo did not show its canary when it began, so it proves nothing',
    ],
    [
      'tcpdump that was killed',
      pinged.replace('"alive": true', '"alive": false').replace('"code": 0', '"code": -9'),
      'tcpdump ended by itself (signal 9) while it listened on lo',
    ],
    [
      'no word on drops',
      pinged.replace('dropped by kernel', 'lost'),
      'expected how many packets the kernel dropped, as tcpdump counts, found',
    ],
    [
      'a wrong filter',
      fixture('tcpdump-4.99.3-wrong-filter'),
      `tcpdump refuses interface lo with filter "icmp": can't parse filter expression: syntax error`,
    ],
    [
      'an interface that is not there',
      fixture('tcpdump-4.99.3-no-interface'),
      'tcpdump refuses interface lo with filter "icmp": eth7: No such device exists (No such device exists)',
    ],
    ['no tcpdump', '{"problem": "tool-missing", "detail": "tcpdump"}\n\n', 'tcpdump is not there: install the package tcpdump'],
    [
      'no root',
      '{"problem": "permission", "detail": "[Errno 1] Operation not permitted"}\n\n',
      'capturing needs root: log in as root, or set `become: sudo` in the inventory ([Errno 1] Operation not permitted)',
    ],
    [
      'a cable that is out',
      '{"problem": "canary", "detail": ""}\n\n',
      'the capture on lo could not be proven to listen: the packet that was to prove it was not seen. Is the interface up (`ip link show lo`)?',
    ],
    ['something else', 'Traceback (most recent call last):\n', 'expected what the capture program tells, found "Traceback'],
  ])('is an error: %s', (_, stdout, message) => {
    expect(() => read(stdout)).toThrow(message)
  })

  it('counts what the kernel and the interface dropped', () => {
    const lossy = pinged.replace('0 packets dropped by kernel', '7 packets dropped by kernel\\n3 packets dropped by interface')
    expect(read(lossy)?.dropped).toEqual({ kernel: 7, interface: 3 })
  })

  it('is of the right shape or refused, however it is damaged', () => {
    const bytes = Buffer.from(pinged)
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), fc.nat(bytes.length), (changes, end) => {
        const damaged = Buffer.from(bytes.subarray(0, end))
        for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value
        try {
          expect(capture.isValue(read(damaged.toString()))).toBe(true)
        } catch (error) {
          expect(['NotUnderstood', 'NotLearnable']).toContain((error as Error).name)
        }
      }),
    )
  })
})
