import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type SysctlConfig, sysctlConfig } from './index.js'

const source = sysctlConfig.sources.linux?.[0]
const read = (stdout: string): SysctlConfig | undefined => source?.parse({ exitCode: 0, stdout, stderr: '' }, [{}])[0]
const file = (path: string, text: string, linked = false): string =>
  `/ ${path}\n${linked ? '= linked\n' : ''}${text.replaceAll(/^/gm, ' ')}\n\n`

const spell = ({ assignments }: SysctlConfig): readonly string[] =>
  assignments.map(({ path, value, file: name, line }) => `${path}=${value} ${name}:${line}`)

describe('what is set at the next boot', () => {
  const folders =
    file('/etc/sysctl.d/50-a.conf', '# ours\nnet.ipv4.ip_forward = 1\n') +
    file('/etc/sysctl.d/99-z.conf', 'net.core.somaxconn=1024') +
    file('/run/sysctl.d/60-b.conf', 'net.ipv4.tcp_rmem = 4096 131072 6291456\n') +
    file('/usr/lib/sysctl.d/50-a.conf', 'net.ipv4.ip_forward = 0\n') +
    file('/usr/lib/sysctl.d/50-default.conf', '-net.ipv4.conf.all.rp_filter\n-net.ipv4.conf.*.rp_filter = 2\n')

  it('by name and not by folder, the first folder hiding the others', () => {
    expect(spell(read(`@ systemd\n${folders}@ end\n`) ?? { assignments: [], unread: [] })).toEqual([
      'net/ipv4/ip_forward=1 /etc/sysctl.d/50-a.conf:2',
      'net/ipv4/conf/all/rp_filter=null /usr/lib/sysctl.d/50-default.conf:1',
      'net/ipv4/conf/*/rp_filter=2 /usr/lib/sysctl.d/50-default.conf:2',
      'net/ipv4/tcp_rmem=4096 131072 6291456 /run/sysctl.d/60-b.conf:1',
      'net/core/somaxconn=1024 /etc/sysctl.d/99-z.conf:1',
    ])
  })

  it('with an empty file in place of one that is to be hidden', () => {
    const masked = file('/etc/sysctl.d/50-a.conf', '') + file('/usr/lib/sysctl.d/50-a.conf', 'net.ipv4.ip_forward = 1\n')
    expect(read(`@ systemd\n${masked}@ end\n`)).toEqual({ assignments: [], unread: [] })
  })

  const conf = file('/etc/sysctl.conf', 'net.ipv4.ip_forward=1\n')
  it.each([
    ['last without systemd', `${file('/etc/sysctl.d/zz.conf', 'net.ipv4.ip_forward=0')}${conf}`, 2, 0],
    ['not at all with systemd', `@ systemd\n${conf}`, 0, 1],
    ['through a link with systemd', `@ systemd\n${file('/etc/sysctl.d/99-sysctl.conf', 'net.ipv4.ip_forward=1', true)}${conf}`, 1, 0],
  ])('/etc/sysctl.conf is read %s', (_, stdout, read1, unread) => {
    const value = read(`${stdout}@ end\n`)
    expect([value?.assignments.length, value?.unread.length]).toEqual([read1, unread])
    expect(sysctlConfig.isValue(value)).toBe(true)
  })

  it('takes both spellings, and passes over what is none', () => {
    const text = [
      'net/ipv4/conf/eth0.100/rp_filter = 1',
      'net.ipv4.conf.eth0/100.rp_filter=1',
      '; a',
      '# b',
      'nonsense',
      ' kernel.x = a = b ',
      '=5',
      '-',
    ]
    expect(spell(read(`${file('/etc/sysctl.conf', text.join('\n'))}@ end\n`) ?? { assignments: [], unread: [] })).toEqual([
      'net/ipv4/conf/eth0.100/rp_filter=1 /etc/sysctl.conf:1',
      'net/ipv4/conf/eth0.100/rp_filter=1 /etc/sysctl.conf:2',
      'kernel/x=a = b /etc/sysctl.conf:6',
    ])
  })

  it.each([
    ['', 'expected the files of sysctl.d, whole, found nothing'],
    ['hello\n@ end\n', 'expected the files of sysctl.d, found "hello"'],
    ['@ end\nmore\n', 'expected the files of sysctl.d, found "more"'],
  ])('%j is refused', (stdout, message) => {
    expect(() => read(stdout)).toThrow(message)
  })

  it('any damage gives a value of the right shape or is refused', () => {
    const whole = `@ systemd\n${folders}@ end\n`
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 8 }), (start, length, inserted) => {
        try {
          return sysctlConfig.isValue(read(whole.slice(0, start) + inserted + whole.slice(start + length)))
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })

  it('is not known where there is more than is kept: the last assignment is the one that counts', () => {
    const many = (count: number): string => `/ /etc/sysctl.d/a.conf\n${' net.ipv4.ip_forward = 0\n'.repeat(count)}@ end\n`
    expect(sysctlConfig.isValue(read(many(5_000)))).toBe(true)
    expect(() => read(many(5_001))).toThrow('expected at most 5000 assignments in the files of sysctl.d, found "5001"')
  })

  it.runIf(process.platform === 'linux').each([[['sh']], [['bash']], [['busybox', 'sh']]])(
    'is read by %j on this machine',
    ([shell = '', ...more]) => {
      const stdout = execFileSync(shell, [...more, ...(source?.command([{}]).args ?? [])], { encoding: 'utf8' })
      expect(sysctlConfig.isValue(read(stdout))).toBe(true)
    },
  )

  it.runIf(process.platform === 'linux')('is not known where a folder cannot be looked into', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netproof-sysctl-'))
    chmodSync(folder, 0o000)
    const script = (source?.command([{}]).args.at(-1) ?? '').replaceAll('/etc/sysctl.d', folder)
    const asNobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--clear-groups'] : ['env']
    const [tool = '', ...args] = [...asNobody, 'sh', '-c', script]
    const { status, stderr } = spawnSync(tool, args, { encoding: 'utf8' })
    rmdirSync(folder)
    expect([status, stderr]).toEqual([1, `${folder} cannot be read\n`])
  })
})
