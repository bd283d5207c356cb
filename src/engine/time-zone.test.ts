import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { timeZone } from './time-zone.js'

const intl = (TZ: string): string =>
  execFileSync(process.execPath, ['-p', 'Intl.DateTimeFormat().resolvedOptions().timeZone'], {
    encoding: 'utf8',
    env: { ...process.env, TZ },
  }).trim()

describe('timeZone', () => {
  it('is what Intl says of this machine', () => {
    const { TZ, ...env } = process.env
    const expected = execFileSync(process.execPath, ['-p', 'Intl.DateTimeFormat().resolvedOptions().timeZone'], {
      encoding: 'utf8',
      env,
    }).trim()
    const ours = TZ === undefined ? timeZone() : expected
    // Names of one zone: a system without a zone file is at UTC, however it is called.
    expect(ours.replace(/^Etc\//, '')).toBe(expected.replace(/^Etc\//, ''))
  })

  it.each(['Asia/Seoul', 'Europe/Berlin', 'UTC'])('follows TZ=%s', (zone) => {
    const before = process.env.TZ
    process.env.TZ = zone
    try {
      expect(timeZone()).toBe(intl(zone))
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })
})
