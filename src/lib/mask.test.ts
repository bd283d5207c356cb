import { describe, expect, it } from 'vitest'
import { makeMask, maskDeep, maskTexts } from './mask.js'

describe('makeMask', () => {
  it('hides secrets as they are and as JSON spells them, the longest first', () => {
    const mask = makeMask(['pa"ss', 'pa"ssword'])
    expect(mask('pa"ssword, pa"ss, pa\\"ss, pas')).toBe('******, ******, ******, pas')
  })

  it('leaves short words alone', () => {
    expect(makeMask(['abc', ''])('abc')).toBe('abc')
  })
})

describe('maskTexts', () => {
  const mask = makeMask(['fail', '2026', 'expected', '5432'])

  it('masks values wherever they stand', () => {
    const data = { actual: 'fail 2026', list: ['5432', 5432, null], inner: { expected: 'not fail' } }
    expect(maskTexts(data, mask)).toEqual({ actual: '****** ******', list: ['******', 5432, null], inner: { expected: 'not ******' } })
  })

  it('spares what is named: words and times of ours that a secret equals by chance', () => {
    const data = { verdict: 'fail', at: '2026-03-01', error: { reason: 'fail', message: 'fail' }, reason: 'fail' }
    expect(maskTexts(data, mask, new Set(['verdict', 'at', 'error.reason']))).toEqual({
      verdict: 'fail',
      at: '2026-03-01',
      error: { reason: 'fail', message: '******' },
      reason: '******',
    })
  })
})

describe('maskDeep', () => {
  it('masks keys as well: they may be names that a host gave', () => {
    expect(maskDeep({ fail: ['fail'] }, makeMask(['fail']))).toEqual({ '******': ['******'] })
  })
})
