import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type HostsFile, hostsFile } from './index.js'

const source = hostsFile.sources.linux?.[0]
const read = (stdout: string, ...names: readonly string[]): readonly HostsFile[] | undefined =>
  source?.parse(
    { exitCode: 0, stdout, stderr: '' },
    names.map((name) => ({ name })),
  )
const section = (name: string, text: string): string => `@ ${name}\n${text.replaceAll(/^/gm, ' ')}\n\n`
const file = (text: string, rest = ''): string => `${section('hosts', text)}${rest}@ end\n`

const usual = `127.0.0.1\tlocalhost
::1  localhost ip6-localhost   # both
10.20.0.5 DB1.example.com db1 db # the database
# 10.20.0.6 db1
nonsense db1
10.20.0.300 db1
fe80::1%eth0 db1

  10.20.0.9 db1.example.com	db1
2001:DB8:20::5 db1`

describe('what the hosts file says of a name', () => {
  it('by canonical name and alias, whatever the case, with line numbers', () => {
    const entries = [
      { line: 3, address: '10.20.0.5', names: ['DB1.example.com', 'db1', 'db'] },
      { line: 9, address: '10.20.0.9', names: ['db1.example.com', 'db1'] },
      { line: 10, address: '2001:db8:20::5', names: ['db1'] },
    ]
    const [db1, whole, localhost, none] = read(file(usual), 'db1', 'db1.example.com', 'localhost', 'db11') ?? []
    expect(db1).toEqual({ exists: true, entries, sources: null, multi: false, hostname: null, cloudInit: false })
    expect(whole?.entries).toEqual(entries.slice(0, 2))
    expect(localhost?.entries.map(({ address }) => address)).toEqual(['127.0.0.1', '::1'])
    expect(none?.entries).toEqual([])
    expect(hostsFile.isValue(db1)).toBe(true)
  })

  it('and what decides on it', () => {
    const rest =
      section('nsswitch', 'hosts: files myhostname dns') + section('hostconf', 'order hosts,bind\nmulti on') + section('hostname', 'web1')
    const [value] = read(file('# /etc/cloud/templates/hosts.debian.tmpl\n', rest), 'x') ?? []
    expect(value).toEqual({
      ...{ exists: true, entries: [], sources: ['files', 'myhostname', 'dns'] },
      ...{ multi: true, hostname: 'web1', cloudInit: true },
    })
    expect(read('@ end\n', 'x')?.[0]?.exists).toBe(false)
  })

  it('reads a hundred thousand lines once, and keeps 256 of one name', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `0.0.0.0 ads${index % 1_000}.example`).join('\n')
    const names = Array.from({ length: 100 }, (_, index) => `ads${index}.example`)
    const values = read(file(many), ...names)
    expect(values?.map(({ entries }) => entries.length)).toEqual(names.map(() => 100))
    expect(read(file('10.0.0.1 a\n'.repeat(300)), 'a')?.[0]?.entries.length).toBe(256)
  })

  it('keeps no address back: more than 256 are refused', () => {
    const many = Array.from({ length: 256 }, (_, index) => `10.0.0.${index} a\n`).join('')
    expect(read(file(many), 'a')?.[0]?.entries.length).toBe(256)
    expect(() => read(file(`${many}10.9.9.9 a\n`), 'a')).toThrow('expected at most 256 addresses of a, found "10.9.9.9 a"')
  })

  it('takes for white space what the C library does, and no more', () => {
    const text = '\ufeff10.0.0.1 a\n10.0.0.2\u00a0a\n10.0.0.3 \u00a0a\n \t10.0.0.4\va\fb\r\n'
    const [a, b] = read(file(text), 'a', 'b') ?? []
    expect(a?.entries).toEqual([{ line: 4, address: '10.0.0.4', names: ['a', 'b'] }])
    expect(b?.entries).toEqual(a?.entries)
  })

  it.each([
    ['', 'expected /etc/hosts and what decides on it, whole, found nothing'],
    ['@ hosts\n 127.0.0.1 localhost\n', 'expected /etc/hosts and what decides on it, whole, found "@ hosts\\n 127.0.0.1 localhost\\n"'],
    ['banner\n@ end\n', 'expected /etc/hosts and what decides on it, found "banner"'],
    ['@ end\nmore\n', 'expected /etc/hosts and what decides on it, found "more"'],
  ])('%j is refused', (stdout, message) => {
    expect(() => read(stdout, 'a')).toThrow(message)
  })

  it('any damage gives a value of the right shape or is refused', () => {
    const whole = file(usual, section('nsswitch', 'hosts: files dns') + section('hostname', 'web1'))
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(20), fc.string({ maxLength: 8 }), (start, length, inserted) => {
        try {
          return (read(whole.slice(0, start) + inserted + whole.slice(start + length), 'db1') ?? []).every(hostsFile.isValue)
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })

  it.runIf(process.platform === 'linux').each([[['sh']], [['bash']], [['busybox', 'sh']]])(
    'is read by %j on this machine',
    ([shell = '', ...more]) => {
      const args = [...more, ...(source?.command([{ name: 'localhost' }]).args ?? [])]
      const stdout = execFileSync(shell, args, { encoding: 'utf8' })
      const [value] = read(stdout, 'localhost') ?? []
      expect(value?.entries.map(({ address }) => address)).toContain('127.0.0.1')
      expect(value?.hostname).toMatch(/./)
    },
  )
})
