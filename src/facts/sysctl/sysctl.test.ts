import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type SysctlValues, sysctl } from './index.js'

const source = sysctl.sources.linux?.[0]
const read = (stdout: string, count = 1): readonly SysctlValues[] | undefined =>
  source?.parse(
    { exitCode: 0, stdout, stderr: '' },
    Array.from({ length: count }, () => ({ path: 'net' })),
  )

describe('what is read below /proc/sys', () => {
  it.each<[string, string, SysctlValues]>([
    [
      'a value',
      '@ 0\n/ net/ipv4/ip_forward\n 1\n',
      { entries: [{ path: 'net/ipv4/ip_forward', value: '1', problem: null }], nearby: null },
    ],
    [
      'several fields, and several lines',
      '@ 0\n/ net/ipv4/tcp_rmem\n 4096\t131072\t6291456\n/ dev/cdrom/info\n a\n \n b\n',
      {
        entries: [
          { path: 'net/ipv4/tcp_rmem', value: '4096\t131072\t6291456', problem: null },
          { path: 'dev/cdrom/info', value: 'a\n\nb', problem: null },
        ],
        nearby: null,
      },
    ],
    [
      'an empty value',
      '@ 0\n/ net/ipv4/ip_local_reserved_ports\n \n',
      { entries: [{ path: 'net/ipv4/ip_local_reserved_ports', value: '', problem: null }], nearby: null },
    ],
    ['a file without a line', '@ 0\n/ net/core/empty\n', { entries: [{ path: 'net/core/empty', value: '', problem: null }], nearby: null }],
    [
      'what is not permitted, or refused',
      '@ 0\n/ net/ipv4/route/flush\n! denied\n/ net/ipv6/route/flush\n! unreadable\n',
      {
        entries: [
          { path: 'net/ipv4/route/flush', value: null, problem: 'denied' },
          { path: 'net/ipv6/route/flush', value: null, problem: 'unreadable' },
        ],
        nearby: null,
      },
    ],
    ['what is near', '@ 0\n? net/ipv4\n- ip_forward\n', { entries: [], nearby: { folder: 'net/ipv4', names: ['ip_forward'] } }],
    ['nothing near', '@ 0\n? \n', { entries: [], nearby: { folder: '', names: [] } }],
  ])('%s', (_, stdout, expected) => {
    expect(read(stdout)).toEqual([expected])
    expect(sysctl.isValue(expected)).toBe(true)
  })

  it.each([
    ['', 1, 'expected what 1 paths of /proc/sys hold, found nothing'],
    ['@ 0\n/ a\n 1\n', 2, 'expected what 2 paths of /proc/sys hold, found "@ 0\\n/ a\\n 1\\n"'],
    ['@ 0\n/ a\n 1\n@ 0\n/ a\n 1\n', 2, 'expected path 1, found "0\\n/ a\\n 1\\n"'],
    ['@ 0\n 1\n', 1, 'expected a value of /proc/sys, found " 1"'],
    ['@ 0\n/ a\nbanner\n', 1, 'expected a value of /proc/sys, found "banner"'],
    ['@ 0\n', 1, 'expected a value of /proc/sys, or what is near it, found nothing'],
  ])('%j is refused', (stdout, count, message) => {
    expect(() => read(stdout, count)).toThrow(message)
  })

  it('any damage gives a value of the right shape or is refused', () => {
    const whole = '@ 0\n/ net/ipv4/tcp_rmem\n 4096\t131072\t6291456\n/ net/ipv4/route/flush\n! denied\n@ 1\n? net/ipv4\n- ip_forward\n'
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(20), fc.string({ maxLength: 8 }), (start, length, inserted) => {
        try {
          const values = read(whole.slice(0, start) + inserted + whole.slice(start + length), 2)
          return values?.length === 2 && values.every(sysctl.isValue)
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })
})

describe.runIf(process.platform === 'linux')('on this machine', () => {
  const learn = (shell: readonly [string, ...string[]], paths: readonly string[]): readonly SysctlValues[] => {
    const requests = paths.map((path) => ({ path }))
    const args = source?.command(requests).args ?? []
    const stdout = execFileSync(shell[0], [...shell.slice(1), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    return source?.parse({ exitCode: 0, stdout, stderr: '' }, requests) ?? []
  }
  const shells: readonly [string, ...string[]][] = [['sh'], ['bash'], ['busybox', 'sh']]

  it.each(shells)('%s %s reads one, many and none with one command', (...shell) => {
    const [one, many, none, folder] = learn(shell, [
      'net/ipv4/ip_forward',
      'net/ipv4/conf/*/rp_filter',
      'net/ipv4/ip_froward',
      'net/ipv4/conf',
    ])
    expect(one?.entries).toEqual([{ path: 'net/ipv4/ip_forward', value: expect.stringMatching(/^[01]$/), problem: null }])
    const paths = many?.entries.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['all', 'default', 'lo'].map((device) => `net/ipv4/conf/${device}/rp_filter`)))
    expect(none).toEqual({ entries: [], nearby: { folder: 'net/ipv4', names: expect.arrayContaining(['ip_forward']) } })
    expect(folder).toEqual({ entries: [], nearby: { folder: 'net/ipv4/conf', names: expect.arrayContaining(['all', 'lo']) } })
  })

  it('reads numbers whole, whatever their length', () => {
    const [ports] = learn(['sh'], ['net/ipv4/ip_local_port_range'])
    expect(ports?.entries[0]?.value).toMatch(/^\d{4,5}\t\d{4,5}$/)
  })

  it.runIf(process.getuid?.() === 0)('does not tell root that only root may read what is for writing', () => {
    const [flush] = learn(['sh'], ['net/ipv4/route/flush'])
    expect(flush?.entries).toEqual([{ path: 'net/ipv4/route/flush', value: null, problem: 'unreadable' }])
  })

  it('leaves the names of files to no shell', () => {
    const [odd] = learn(['sh'], ['$(touch /tmp/owned)/`id`;x'])
    expect(odd?.entries).toEqual([])
  })
})
