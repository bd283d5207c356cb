import { describe, expect, it } from 'vitest'
import type { SysctlAssignment, SysctlConfig } from '../../facts/sysctl-config/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { sysctl } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

/** `net/ipv4/ip_forward=1`, in files a, b, c; without `=` an exclusion. */
const assignments = (...texts: readonly string[]): readonly SysctlAssignment[] =>
  texts.map((text, index) => {
    const [path = '', value = null] = text.split('=')
    return { path, value, file: `/etc/sysctl.d/${'abcdef'.charAt(index)}.conf`, line: 1 }
  })
const config = (...texts: readonly string[]): SysctlConfig => ({ assignments: assignments(...texts), unread: [] })

const running = (spec: Spec, paths: readonly string[]) => ({
  values: { entries: paths.map((path) => ({ path, value: String(spec.value), problem: null })), nearby: null },
  forwarding: [{ entries: paths.map((path) => ({ path: path.replace(/[^/]+$/, 'forwarding'), value: '0', problem: null })), nearby: null }],
})

/** What is said of the next boot, where everything is right at the moment. */
function atBoot(spec: Omit<Spec, 'persistent'>, files: SysctlConfig, paths: readonly string[]) {
  const full: Spec = { ...spec, persistent: true }
  return sysctl
    .evaluate(full, { ...running(full, paths), config: [files] }, context, nothingLearnt)
    .filter(({ subject }) => subject.endsWith('at the next boot'))
    .map(({ verdict, actual, message }) => [verdict, actual, message])
}

const later = 'What ufw, Docker or NetworkManager set after that is not told by these files.'
const change = `Change it there, or in a file whose name comes later. ${later}`
const unset = (key: string): string =>
  `The next boot leaves the kernel's own value: write \`${key} = …\` to a file in /etc/sysctl.d. ${later}`

describe('a key at the next boot', () => {
  const key = 'net.ipv4.ip_forward'
  const paths = ['net/ipv4/ip_forward']
  it.each<[SysctlConfig, string, string, string]>([
    [config('net/ipv4/ip_forward=1'), 'pass', '1 (/etc/sysctl.d/a.conf:1)', ''],
    [config('net/ipv4/ip_forward=1', 'net/ipv4/ip_forward=0'), 'fail', '0 (/etc/sysctl.d/b.conf:1)', change],
    [config(), 'fail', 'set by no file', unset(key)],
    [config('net/ipv4/conf/all/forwarding=1'), 'pass', '1 (/etc/sysctl.d/a.conf:1)', ''],
    [config('net/ipv4/ip_forward=1', 'net/ipv4/conf/all/forwarding=0'), 'fail', '0 (/etc/sysctl.d/b.conf:1)', change],
    [config('net/ipv4/ip_*=1'), 'pass', '1 (/etc/sysctl.d/a.conf:1)', ''],
    [config('net/ipv4/ip_forward', 'net/ipv4/ip_*=1'), 'fail', 'set by no file', unset(key)],
    [config('net/ipv4/ip_forward=1', 'net/ipv4/ip_*=0'), 'pass', '1 (/etc/sysctl.d/a.conf:1)', ''],
    [
      { assignments: [], unread: [{ path: 'net/ipv4/ip_forward', value: '1', file: '/etc/sysctl.conf', line: 28 }] },
      'fail',
      'set by no file',
      `/etc/sysctl.conf:28 has it, but systemd-sysctl does not read that file. ${unset(key)}`,
    ],
  ])('%j', (files, verdict, actual, message) => {
    expect(atBoot({ key, value: 1 }, files, paths)).toEqual([[verdict, actual, message]])
  })
})

describe('an interface at the next boot', () => {
  const key = 'net.ipv4.conf.*.rp_filter'
  const paths = ['all', 'default', 'eth0', 'lo'].map((device) => `net/ipv4/conf/${device}/rp_filter`)
  const spec = { key, interfaces: 'all', value: 1 } as const
  it.each<[SysctlConfig, string, string, string]>([
    [
      config('net/ipv4/conf/all/rp_filter=1', 'net/ipv4/conf/default/rp_filter=1'),
      'pass',
      '1 (/etc/sysctl.d/a.conf:1, /etc/sysctl.d/b.conf:1)',
      '',
    ],
    [config('net/ipv4/conf/*/rp_filter=1'), 'pass', '1 (/etc/sysctl.d/a.conf:1)', ''],
    [
      config('net/ipv4/conf/all/rp_filter=1', 'net/ipv4/conf/eth0/rp_filter=2'),
      'fail',
      '2 (/etc/sysctl.d/a.conf:1, /etc/sysctl.d/b.conf:1)',
      `The larger of all (1) and eth0 (2) counts. Change the files. ${later}`,
    ],
    [
      config('net/ipv4/conf/all/rp_filter=1'),
      'error',
      '1 or 2 (/etc/sysctl.d/a.conf:1)',
      `The larger of all (1) and eth0 (set by no file) counts. ${unset('net.ipv4.conf.default.rp_filter')}`,
    ],
    [
      config('net/ipv4/conf/all/rp_filter', 'net/ipv4/conf/*/rp_filter=1'),
      'error',
      '1 or 2 (/etc/sysctl.d/b.conf:1)',
      `The larger of all (set by no file) and eth0 (1) counts. ${unset('net.ipv4.conf.all.rp_filter')}`,
    ],
    [
      config('net/ipv4/conf/all/rp_filter=2'),
      'fail',
      '2 (/etc/sysctl.d/a.conf:1)',
      `The larger of all (2) and eth0 (set by no file) counts. Change the files. ${later}`,
    ],
    [config(), 'fail', 'net.ipv4.conf.default.rp_filter is set by no file', unset('net.ipv4.conf.default.rp_filter')],
    [config('net/ipv4/conf/*/rp_filter=on'), 'error', 'on and on', 'These are no numbers.'],
  ])('%j', (files, verdict, actual, message) => {
    expect(atBoot(spec, files, paths)).toEqual([[verdict, actual, message]])
  })

  const noOwn = (name: string): string => `net.${name} is set by no file, which makes no difference here.`
  it.each<[string, Spec['value'], SysctlConfig, string, string, string]>([
    ['ipv4 accept_source_route', 0, config('all=0'), 'pass', '0 (/etc/sysctl.d/a.conf:1)', noOwn('ipv4.conf.default.accept_source_route')],
    ['ipv4 accept_source_route', 0, config('eth0=0'), 'pass', '0 (/etc/sysctl.d/a.conf:1)', noOwn('ipv4.conf.all.accept_source_route')],
    [
      'ipv4 accept_source_route',
      1,
      config('all=0'),
      'fail',
      '0 (/etc/sysctl.d/a.conf:1)',
      `It is on where both all (0) and eth0 (set by no file) are. Change the files. ${later}`,
    ],
    [
      'ipv4 accept_source_route',
      0,
      config('all=1'),
      'error',
      '0 or 1 (/etc/sysctl.d/a.conf:1)',
      `It is on where both all (1) and eth0 (set by no file) are. ${unset('net.ipv4.conf.default.accept_source_route')}`,
    ],
    ['ipv4 rp_filter', { min: 1 }, config('all=1'), 'pass', '1 or 2 (/etc/sysctl.d/a.conf:1)', noOwn('ipv4.conf.default.rp_filter')],
    ['ipv4 arp_ignore', { min: 1 }, config('all=1'), 'pass', '1 to 8 (/etc/sysctl.d/a.conf:1)', noOwn('ipv4.conf.default.arp_ignore')],
    ['ipv4 send_redirects', 1, config('all=1'), 'pass', '1 (/etc/sysctl.d/a.conf:1)', noOwn('ipv4.conf.default.send_redirects')],
    [
      'ipv4 send_redirects',
      0,
      config('all=0'),
      'error',
      '0 or 1 (/etc/sysctl.d/a.conf:1)',
      `It is on where one of all (0) and eth0 (set by no file) is. ${unset('net.ipv4.conf.default.send_redirects')}`,
    ],
    ['ipv6 accept_redirects', 0, config('default=0'), 'pass', '0 (/etc/sysctl.d/a.conf:1)', ''],
    [
      'ipv6 accept_redirects',
      0,
      config('net/ipv6/conf/eth0/forwarding=1'),
      'pass',
      '0 (/etc/sysctl.d/a.conf:1)',
      noOwn('ipv6.conf.default.accept_redirects'),
    ],
    [
      'ipv6 accept_redirects',
      0,
      config('net/ipv6/conf/eth0/forwarding=0', 'all=0'),
      'fail',
      'net.ipv6.conf.default.accept_redirects is set by no file',
      unset('net.ipv6.conf.default.accept_redirects'),
    ],
    [
      'ipv6 accept_source_route',
      0,
      config('all=0'),
      'error',
      '-1 or 0 (/etc/sysctl.d/a.conf:1)',
      `The smaller of all (0) and eth0 (set by no file) counts. ${unset('net.ipv6.conf.default.accept_source_route')}`,
    ],
    [
      'ipv6 accept_source_route',
      { max: 0 },
      config('all=0'),
      'pass',
      '-1 or 0 (/etc/sysctl.d/a.conf:1)',
      noOwn('ipv6.conf.default.accept_source_route'),
    ],
  ])('%s to be %j by %j', (name, value, short, verdict, actual, message) => {
    const [family = '', setting = ''] = name.split(' ')
    const files = {
      ...short,
      assignments: short.assignments.map((one) =>
        one.path.includes('/') ? one : { ...one, path: `net/${family}/conf/${one.path}/${setting}` },
      ),
    }
    const there = ['all', 'default', 'eth0'].map((device) => `net/${family}/conf/${device}/${setting}`)
    expect(atBoot({ key: `net.${family}.conf.*.${setting}`, interface: 'eth0', value }, files, there)).toEqual([[verdict, actual, message]])
  })

  it('forwards where all does', () => {
    const forwarding = { key: 'net.ipv6.conf.*.forwarding', interface: 'eth0', value: 1 } as const
    const files = config('net/ipv6/conf/default/forwarding=0', 'net/ipv6/conf/all/forwarding=1')
    expect(atBoot(forwarding, files, ['net/ipv6/conf/all/forwarding', 'net/ipv6/conf/eth0/forwarding'])).toEqual([
      ['pass', '1 (/etc/sysctl.d/b.conf:1)', ''],
    ])
  })

  it('forwards IPv6 where all does, though an interface is set back', () => {
    const forwarding = { key: 'net.ipv6.conf.*.forwarding', interface: 'eth0', value: 0 } as const
    const there = ['net/ipv6/conf/all/forwarding', 'net/ipv6/conf/eth0/forwarding']
    expect(atBoot(forwarding, config('net/ipv6/conf/all/forwarding=1', 'net/ipv6/conf/eth0/forwarding=0'), there)[0]?.slice(0, 2)).toEqual([
      'fail',
      '1 (/etc/sysctl.d/a.conf:1)',
    ])
    expect(atBoot(forwarding, config('net/ipv6/conf/default/forwarding=0'), there)).toEqual([
      ['fail', 'net.ipv6.conf.all.forwarding is set by no file', unset('net.ipv6.conf.all.forwarding')],
    ])
  })
})

it('asks for the files only where the next boot matters', () => {
  const key = 'net.ipv4.ip_forward'
  expect(sysctl.needs({ key, value: 1 }, context).config).toEqual([])
  expect(sysctl.needs({ key, value: 1, persistent: true }, context).config).toEqual([{ fact: 'sysctl-config', host: 'web1', args: {} }])
})
