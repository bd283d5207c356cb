import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type Conntrack, conntrack } from './index.js'

const [proc, tool] = conntrack.sources.linux ?? []
const read = (source: typeof proc, stdout: string, again?: string): Conntrack | undefined =>
  source?.parse(
    { exitCode: 0, stdout, stderr: '', ...(again === undefined ? {} : { again: { stdout: again, stderr: '', afterMs: 5_010 } }) },
    [{ overMs: 0 }],
  )[0]
const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

const totals = (value: Conntrack | undefined) => Object.fromEntries(value?.counters.map(({ name, total }) => [name, total]) ?? [])
const growths = (value: Conntrack | undefined) => Object.fromEntries(value?.counters.map(({ name, growth }) => [name, growth]) ?? [])

const header = 'entries invalid drop'
const stat = (...rows: readonly string[]): string => `@ count\n 2\n@ max\n 10\n@ stat\n ${[header, ...rows].join('\n ')}\n@ end\n`

describe('the table of tracked connections', () => {
  it.each([
    ['proc.linux-6.18.out', proc, { entries: 20, maximum: 262_144 }, { invalid: 6, drop: 0, 'early-drop': 0 }],
    ['conntrack-S.conntrack-tools-1.4.7.out', tool, { entries: 20, maximum: 262_144 }, { invalid: 6, drop: 0, 'early-drop': 0 }],
    [
      'proc.linux-2.6.32-by-source.out',
      proc,
      { entries: 51, maximum: 65_536 },
      { invalid: 18, drop: 16, 'early-drop': 3, 'insert-failed': 1, 'search-restart': 7 },
    ],
  ])('%s', (name, source, size, counters) => {
    const value = read(source, fixture(name))
    expect(value).toMatchObject({ ...size, afterMs: null })
    expect(totals(value)).toMatchObject(counters)
    expect(conntrack.isValue(value)).toBe(true)
  })

  it('shows the same through both', () => {
    const ours = read(proc, fixture('proc.linux-6.18.out'))
    expect(read(tool, fixture('conntrack-S.conntrack-tools-1.4.7.out'))).toEqual(ours)
  })

  it('grows for each processor by itself', () => {
    const before = stat('00000002 00000001 0000000a', '00000002 00000005 00000000')
    expect(growths(read(proc, before, stat('00000002 00000003 0000000a', '00000002 00000005 0000000f')))).toEqual({ invalid: 2, drop: 15 })
    // The sum grows, and yet one of them ran over.
    expect(growths(read(proc, before, stat('00000002 00000009 0000000a', '00000002 00000000 00000000')))).toEqual({
      invalid: null,
      drop: 0,
    })
    expect(growths(read(proc, before, stat('00000002 00000009 0000000a')))).toEqual({ invalid: null, drop: null })
  })

  it('has the counters that the kernel has', () => {
    expect(read(proc, stat('00000002 00000001 0000000a'))?.counters.map(({ name }) => name)).toEqual(['invalid', 'drop'])
  })

  it.each([
    [proc, '', 'expected the files of nf_conntrack, whole, found nothing'],
    [proc, '@ count\n 2\n@ end\n', 'expected the header of /proc/net/stat/nf_conntrack, found nothing'],
    [proc, `@ stat\n ${header}\n@ end\n`, `expected a row of counters for each processor, found "@ stat\\n ${header}\\n@ end\\n"`],
    [proc, stat('00000002 00000001'), 'expected a row of /proc/net/stat/nf_conntrack, found "00000002 00000001"'],
    [proc, stat('00000002 00000001 x'), 'expected a row of /proc/net/stat/nf_conntrack, found "00000002 00000001 x"'],
    [proc, stat('00000002 00000001 0000000a').replace(' 2\n', ' two\n'), 'expected a number of nf_conntrack, found "two\\n"'],
    [tool, '@ stat\n entries 5\n@ end\n', 'expected a line of conntrack -S, found "entries 5"'],
    [tool, '@ stat\n@ end\n', 'expected a row of counters for each processor, found "@ stat\\n@ end\\n"'],
  ])('%#: %j is refused', (source, stdout, message) => {
    expect(() => read(source, stdout)).toThrow(message)
  })

  it.each([
    ['proc.linux-6.18.out', proc],
    ['conntrack-S.conntrack-tools-1.4.7.out', tool],
  ] as const)('any damage of %s gives a value of the right shape or is refused', (name, source) => {
    const whole = fixture(name)
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(60), fc.string({ maxLength: 8 }), fc.boolean(), (start, length, inserted, twice) => {
        const damaged = whole.slice(0, start) + inserted + whole.slice(start + length)
        try {
          return conntrack.isValue(twice ? read(source, whole, damaged) : read(source, damaged))
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })

  it('is read twice only where a time is given', () => {
    expect(proc?.command([{ overMs: 0 }])).not.toHaveProperty('againAfterMs')
    expect(proc?.command([{ overMs: 5_000 }])).toHaveProperty('againAfterMs', 5_000)
  })
})
