import { describe, expect, it } from 'vitest'
import type { SysctlEntry, SysctlValues } from '../../facts/sysctl/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { sysctl } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext

type Values = Readonly<Record<string, string>>

const entriesOf = (values: Values): readonly SysctlEntry[] =>
  Object.entries(values).map(([path, value]) => ({ path, value, problem: null }))
const known = (values: Values): SysctlValues => ({ entries: entriesOf(values), nearby: null })
/** The values of one setting by interface. */
const conf = (family: 'ipv4' | 'ipv6', setting: string, values: Values): SysctlValues =>
  known(Object.fromEntries(Object.entries(values).map(([device, value]) => [`net/${family}/conf/${device}/${setting}`, value])))

const judge = (spec: Spec, values: SysctlValues, forwarding?: SysctlValues) =>
  sysctl.evaluate(spec, { values, config: [], forwarding: forwarding === undefined ? [] : [forwarding] }, context, nothingLearnt)

const sets = (setting: string, key: string): string =>
  `What sets it: \`grep -rs ${setting} /etc/sysctl.conf /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d\`; now: \`sysctl ${key}\`.`

describe('a setting of the host', () => {
  const forward = (value: string) => known({ 'net/ipv4/ip_forward': value })
  const memory = known({ 'net/ipv4/tcp_rmem': '4096\t131072\t6291456' })
  const control = known({ 'net/ipv4/tcp_available_congestion_control': 'reno cubic bbr2' })
  const key = 'net.ipv4.ip_forward'
  const rmem = 'net.ipv4.tcp_rmem'
  const bbr = 'net.ipv4.tcp_available_congestion_control'

  it.each<[Spec, SysctlValues, string, string, string, string]>([
    [{ key, value: 1 }, forward('1'), 'pass', '1', '1', ''],
    [{ key, value: '01' }, forward('1'), 'pass', '01', '1', ''],
    [{ key: 'net/ipv4/ip_forward', value: 1 }, forward('1'), 'pass', '1', '1', ''],
    [{ key, value: 0 }, forward('1'), 'fail', '0', '1', sets('ip_forward', key)],
    [{ key, value: { min: 10 } }, forward('9'), 'fail', 'at least 10', '9', sets('ip_forward', key)],
    [{ key, value: 0 }, forward(''), 'fail', '0', 'empty', sets('ip_forward', key)],
    [{ key: rmem, value: '4096 131072 6291456' }, memory, 'pass', '4096 131072 6291456', '4096 131072 6291456', ''],
    [{ key: rmem, value: { min: '4096 87380 6291456' } }, memory, 'pass', 'at least 4096 87380 6291456', '4096 131072 6291456', ''],
    [
      { key: rmem, value: { min: '4096 87380 6291457' } },
      memory,
      'fail',
      'at least 4096 87380 6291457',
      '4096 131072 6291456',
      sets('tcp_rmem', rmem),
    ],
    [{ key: rmem, value: { min: 1 } }, memory, 'fail', 'at least 1', '4096 131072 6291456', sets('tcp_rmem', rmem)],
    [{ key: bbr, value: { contains: 'cubic' } }, control, 'pass', 'containing cubic', 'reno cubic bbr2', ''],
    [
      { key: bbr, value: { contains: 'bbr' } },
      control,
      'fail',
      'containing bbr',
      'reno cubic bbr2',
      sets('tcp_available_congestion_control', bbr),
    ],
    [{ key: bbr, value: { contains: 'reno', not: 'reno' } }, control, 'pass', 'not reno and containing reno', 'reno cubic bbr2', ''],
  ])('%j', (spec, values, verdict, expected, actual, message) => {
    const subject = `sysctl ${spec.key.replaceAll('/', '.')}`
    expect(judge(spec, values)).toEqual([{ subject, verdict, expected, actual, message }])
  })

  it.each<[string, SysctlValues, string, string]>([
    [
      'net.ipv4.ip_froward',
      { entries: [], nearby: { folder: 'net/ipv4', names: ['ip_default_ttl', 'ip_forward'] } },
      'no such key',
      'net.ipv4 has ip_forward: is that meant?',
    ],
    [
      'net.netfilter.nf_conntrack_max',
      { entries: [], nearby: { folder: 'net/netfilter', names: ['nf_log'] } },
      'no such key',
      'net.netfilter has no nf_conntrack_max. Its kernel module may not be loaded.',
    ],
    [
      'net.ipv6.conf.all.disable_ipv6',
      { entries: [], nearby: { folder: 'net', names: ['core', 'ipv4'] } },
      'no such key',
      'net has no ipv6. The protocol may be switched off or its kernel module not loaded: look at `ls /proc/sys/net`.',
    ],
    [
      'net.ipv4.conf.eth0.100.rp_filter',
      { entries: [], nearby: { folder: 'net/ipv4/conf/eth0', names: ['rp_filter'] } },
      'no such key',
      'A dot in the name of an interface is a slash here: net.ipv4.conf.eth0/100.rp_filter.',
    ],
    [
      'net.sctp.max_burst',
      { entries: [], nearby: { folder: 'net', names: ['core', 'ipv4'] } },
      'no such key',
      'net has no sctp. The protocol may be switched off or its kernel module not loaded: look at `ls /proc/sys/net`.',
    ],
    [
      'net.ipv4.tcp_wishful',
      { entries: [], nearby: { folder: 'net/ipv4', names: ['ip_forward'] } },
      'no such key',
      'net.ipv4 has no tcp_wishful. Look at `ls /proc/sys/net/ipv4`; older kernels and network namespaces have fewer keys.',
    ],
    [
      'net.ipv4.neigh',
      { entries: [], nearby: { folder: 'net/ipv4/neigh', names: ['default', 'eth0', 'lo'] } },
      'no such key',
      'It is a group of keys, not a key: default, eth0, lo.',
    ],
    [
      'net.ipv4.tcp_mem',
      { entries: [{ path: 'net/ipv4/tcp_mem', value: null, problem: 'denied' }], nearby: null },
      'not readable',
      'Only root may read it: set `become: sudo` for this host in the inventory, or look at `sudo sysctl net.ipv4.tcp_mem`.',
    ],
    [
      'net.ipv4.route.flush',
      { entries: [{ path: 'net/ipv4/route/flush', value: null, problem: 'unreadable' }], nearby: null },
      'not readable',
      'The kernel does not let it be read: it may be for writing only.',
    ],
  ])('%s cannot be told', (key, values, actual, message) => {
    for (const value of [0, { not: 0 }]) {
      expect(judge({ key, value }, values)).toEqual([
        { subject: `sysctl ${key}`, verdict: 'error', expected: value === 0 ? '0' : 'not 0', actual, message },
      ])
    }
  })
})

describe('a setting of an interface, in its file', () => {
  const rp = (values: Values): SysctlValues => conf('ipv4', 'rp_filter', values)
  const instead = 'net.ipv4.conf.*.rp_filter with `interfaces: all` proves what is in effect.'

  it.each<[string, Values, string, string, string]>([
    ['net.ipv4.conf.eth0.rp_filter', { all: '1', eth0: '0' }, 'fail', '0', sets('rp_filter', 'net.ipv4.conf.eth0.rp_filter')],
    ['net.ipv4.conf.eth0/100.rp_filter', { 'eth0.100': '1' }, 'pass', '1', ''],
    [
      'net.ipv4.conf.all.rp_filter',
      { all: '1', eth0: '0' },
      'pass',
      '1',
      `\`all\` alone does not say what is in effect on an interface, which has a value of its own: ${instead}`,
    ],
    [
      'net.ipv4.conf.default.rp_filter',
      { default: '1' },
      'pass',
      '1',
      `\`default\` is what interfaces begin with that come later; those that exist keep theirs: ${instead}`,
    ],
    [
      'net.ipv4.conf.default.rp_filter',
      { default: '0' },
      'fail',
      '0',
      `${sets('rp_filter', 'net.ipv4.conf.default.rp_filter')} \`default\` is what interfaces begin with that come later; those that exist keep theirs: ${instead}`,
    ],
    [
      'net.ipv4.conf.eth7.rp_filter',
      { all: '1', default: '1', eth0: '1', lo: '0' },
      'error',
      'no such key',
      'The host has no interface eth7 with IPv4; it has eth0, lo.',
    ],
  ])('%s of %j: %s', (key, values, verdict, actual, message) => {
    expect(judge({ key, value: 1 }, rp(values))).toEqual([{ subject: `sysctl ${key}`, verdict, expected: '1', actual, message }])
  })

  it('says of `all` what writing it does', () => {
    expect(judge({ key: 'net.ipv6.conf.all.disable_ipv6', value: 1 }, conf('ipv6', 'disable_ipv6', { all: '1' }))[0]?.message).toBe(
      'Writing `all` has set every interface, and each can have been set again since: net.ipv6.conf.*.disable_ipv6 with `interfaces: all` proves what is in effect.',
    )
  })
})

describe('what is in effect', () => {
  const inEffect = (family: 'ipv4' | 'ipv6', setting: string, all: string, own: string, forwarding = '0') => {
    const key = `net.${family}.conf.*.${setting}`
    const [finding] = judge(
      { key, interface: 'eth0', value: 99 },
      conf(family, setting, { all, eth0: own }),
      conf(family, 'forwarding', { all: forwarding, eth0: forwarding }),
    )
    return [finding?.actual, finding?.message.split('. What sets')[0]]
  }

  it.each([
    ['rp_filter', '2', '1', '0', '2', 'The larger of all (2) and eth0 (1) counts'],
    ['rp_filter', '0', '1', '0', '1', 'The larger of all (0) and eth0 (1) counts'],
    ['arp_ignore', '0', '2', '0', '2', 'The larger of all (0) and eth0 (2) counts'],
    ['log_martians', '0', '1', '0', '1', 'It is on where one of all (0) and eth0 (1) is'],
    ['secure_redirects', '0', '0', '0', '0', 'It is on where one of all (0) and eth0 (0) is'],
    ['accept_source_route', '0', '1', '0', '0', 'It is on where both all (0) and eth0 (1) are'],
    ['accept_redirects', '0', '1', '0', '1', 'Forwarding is off on eth0: it is on where one of all (0) and eth0 (1) is'],
    ['accept_redirects', '0', '1', '1', '0', 'Forwarding is on on eth0: it is on where both all (0) and eth0 (1) are'],
    ['accept_redirects', '1', '1', '1', '1', 'Forwarding is on on eth0: it is on where both all (1) and eth0 (1) are'],
    ['ignore_routes_with_linkdown', '1', '0', '0', '1', 'It is on where one of all (1) and eth0 (0) is'],
    ['proxy_arp_pvlan', '1', '0', '0', '1', 'It is on where one of all (1) and eth0 (0) is'],
    ['forwarding', '1', '0', '0', '0', "The interface's own value counts, and `all` (1) does nothing here"],
  ])('IPv4 %s with all %s, eth0 %s, forwarding %s', (setting, all, own, forwarding, actual, message) => {
    expect(inEffect('ipv4', setting, all, own, forwarding)).toEqual([actual, message])
  })

  it.each([
    ['accept_ra', '0', '1', '0', '1', 'Forwarding is off on eth0, so eth0 (1) counts, and `all` does nothing here'],
    ['accept_ra', '1', '1', '1', '0', 'Forwarding is on on eth0, where 2 alone takes router advertisements; eth0 has 1'],
    ['accept_ra', '0', '2', '1', '2', 'Forwarding is on on eth0, where 2 alone takes router advertisements; eth0 has 2'],
    ['accept_redirects', '0', '1', '0', '1', 'Forwarding is off on eth0, so eth0 (1) counts, and `all` does nothing here'],
    ['accept_redirects', '1', '1', '1', '0', 'Forwarding is on on eth0, so redirects are not taken, whatever eth0 (1) says'],
    ['accept_source_route', '-1', '0', '0', '-1', 'The smaller of all (-1) and eth0 (0) counts'],
    ['forwarding', '1', '0', '1', '1', '`all` (1) alone decides whether packets are forwarded, whatever eth0 (0) says'],
    ['forwarding', '0', '1', '0', '0', '`all` (0) alone decides whether packets are forwarded, whatever eth0 (1) says'],
    ['disable_ipv6', '1', '0', '0', '0', "The interface's own value counts, and `all` (1) does nothing here"],
  ])('IPv6 %s with all %s, eth0 %s, forwarding %s', (setting, all, own, forwarding, actual, message) => {
    expect(inEffect('ipv6', setting, all, own, forwarding)).toEqual([actual, message])
  })

  it('names the key that decides', () => {
    const forwarding = conf('ipv6', 'forwarding', { all: '1', eth0: '0' })
    const [finding] = judge({ key: 'net.ipv6.conf.*.forwarding', interface: 'eth0', value: 0 }, forwarding)
    expect(finding?.message).toContain('now: `sysctl net.ipv6.conf.all.forwarding`')
  })

  const key = 'net.ipv4.conf.*.rp_filter'
  const three = conf('ipv4', 'rp_filter', { all: '0', default: '1', eth0: '1', 'eth0.100': '0', lo: '0' })

  it('judges every interface but lo', () => {
    const findings = judge({ key, interfaces: 'all', value: 1 }, three)
    expect(findings.map(({ subject, verdict }) => [subject, verdict])).toEqual([
      ['sysctl net.ipv4.conf.eth0.rp_filter in effect', 'pass'],
      ['sysctl net.ipv4.conf.eth0/100.rp_filter in effect', 'fail'],
    ])
  })

  it('judges those that are named, and finds one missing', () => {
    const findings = judge({ key, interfaces: ['lo', 'eth9'], value: 0 }, three)
    expect(findings.map(({ verdict, actual }) => [verdict, actual])).toEqual([
      ['pass', '0'],
      ['error', 'no such key'],
    ])
    expect(findings[1]?.message).toBe('net.ipv4.conf.eth9.rp_filter: The host has no interface eth9 with IPv4; it has eth0, eth0.100, lo.')
  })

  it('judges the file where that is asked for', () => {
    expect(
      judge({ key, interface: 'eth0.100', effective: false, value: 0 }, conf('ipv4', 'rp_filter', { all: '1', 'eth0.100': '0' })),
    ).toEqual([{ subject: 'sysctl net.ipv4.conf.eth0/100.rp_filter', verdict: 'pass', expected: '0', actual: '0', message: '' }])
  })

  it('proves nothing where there is no interface, or a value is none', () => {
    const subject = 'sysctl net.ipv4.conf.*.rp_filter'
    const expected = '0'
    expect(judge({ key, interfaces: 'all', value: 0 }, conf('ipv4', 'rp_filter', { all: '0', default: '0', lo: '0' }))).toEqual([
      { subject, verdict: 'error', expected, actual: 'not known', message: 'The host has no interface but lo.' },
    ])
    const odd = judge({ key, interface: 'eth0', value: 0 }, conf('ipv4', 'rp_filter', { all: 'x', eth0: '0' }))
    expect(odd.map(({ verdict, actual, message }) => [verdict, actual, message])).toEqual([
      ['error', 'x', 'net.ipv4.conf.all.rp_filter is no number.'],
    ])
    const lost = judge(
      { key: 'net.ipv4.conf.*.accept_redirects', interface: 'eth0', value: 0 },
      conf('ipv4', 'accept_redirects', { all: '0', eth0: '0' }),
      conf('ipv4', 'forwarding', {}),
    )
    expect(lost.map(({ verdict, actual }) => [verdict, actual])).toEqual([['error', 'no such key']])
  })
})

describe('what it asks for', () => {
  it.each([
    ['net.ipv4.ip_forward', 'net/ipv4/ip_forward', []],
    ['net.ipv4.conf.eth0/100.rp_filter', 'net/ipv4/conf/*/rp_filter', []],
    ['net.ipv4.conf.*.accept_redirects', 'net/ipv4/conf/*/accept_redirects', ['net/ipv4/conf/*/forwarding']],
    ['net.ipv6.conf.*.accept_ra', 'net/ipv6/conf/*/accept_ra', ['net/ipv6/conf/*/forwarding']],
  ])('%s', (key, path, forwarding) => {
    const of = (asked: string) => ({ fact: 'sysctl', host: 'web1', args: { path: asked } })
    expect(sysctl.needs({ key, value: 0 }, context)).toEqual({ values: of(path), config: [], forwarding: forwarding.map(of) })
  })
})

describe('what it refuses', () => {
  const star = 'net.ipv4.conf.*.rp_filter'
  it.each<[Spec, string, string | undefined]>([
    [{ key: 'net..ip_forward', value: 0 }, '"net..ip_forward" is no key of sysctl', 'write it like net.ipv4.ip_forward'],
    [{ key: 'net/../../etc/passwd', value: 0 }, '"net/../../etc/passwd" is no key of sysctl', 'write it like net.ipv4.ip_forward'],
    [
      { key: 'net.ipv4.tcp_fastopen_key', value: { not: 'x' } },
      'net.ipv4.tcp_fastopen_key is a secret, and reports hold what was read',
      undefined,
    ],
    [
      { key: 'net.*.ip_forward', value: 0 },
      'in "net.*.ip_forward" `*` does not stand for an interface of net.ipv4.conf or net.ipv6.conf',
      'write it like net.ipv4.conf.*.rp_filter',
    ],
    [{ key: star, value: 0 }, 'no interface is given for `*`', 'add `interface: eth0` or `interfaces: all`'],
    [{ key: star, value: 0, interface: 'eth0', interfaces: 'all' }, '`interface` and `interfaces` exclude each other', undefined],
    [
      { key: 'net.ipv4.ip_forward', value: 0, interface: 'eth0' },
      '`interface` needs a key with `*` in the place of the interface',
      'write it like net.ipv4.conf.*.rp_filter',
    ],
    [
      { key: star, value: 0, interface: 'all' },
      '"all" is no interface',
      'write the key out: net.ipv4.conf.all.rp_filter, or `interfaces: all`',
    ],
    [
      { key: 'net.ipv4.ip_forward', value: 0, effective: true },
      'net.ipv4.ip_forward is not a setting of an interface',
      'leave `effective` out',
    ],
    [
      { key: 'net.ipv4.conf.all.rp_filter', value: 0, effective: true },
      '`all` is no interface on which a value is in effect',
      'write `*` for it, and `interfaces: all` beside the key',
    ],
    [
      { key: 'net.ipv6.conf.*.proxy_ndp', interfaces: 'all', value: 0 },
      "what the kernel makes of `all` and an interface's own proxy_ndp is not known here",
      'write `effective: false` to judge what is in the file',
    ],
    [
      { key: 'net.ipv4.conf.*.rp_fitler', interfaces: 'all', value: 0 },
      "what the kernel makes of `all` and an interface's own rp_fitler is not known here",
      'did you mean "rp_filter"?',
    ],
    [{ key: 'net.ipv4.ip_forward', value: { min: 2, max: 1 } }, '`min` 2 is more than `max` 1', undefined],
  ])('%j', (spec, message, hint) => {
    expect(sysctl.problems?.(spec).map((problem) => [problem.message, problem.hint])).toEqual([[message, hint]])
  })

  it('and takes the rest', () => {
    const specs: readonly Spec[] = [
      { key: star, interfaces: 'all', value: 0 },
      { key: star, interfaces: ['eth0', 'lo'], value: 0 },
      { key: 'net.ipv4.conf.eth0.rp_filter', effective: true, value: 0 },
      { key: 'net.ipv6.conf.*.proxy_ndp', interfaces: 'all', effective: false, value: 0 },
    ]
    for (const spec of specs) expect(sysctl.problems?.(spec)).toEqual([])
  })
})
