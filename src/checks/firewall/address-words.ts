import { addressText, rangePrefixes } from '../../lib/netfilter/ranges.js'
import type { Intervals } from './intervals.js'

const mostPrefixes = 3

/** A part of the addresses that were asked about: `10.1.0.0/16`; the first of them. */
export function addressesWords(family: 4 | 6, values: Intervals): string {
  const prefixes = values.slice(0, mostPrefixes + 1).flatMap(([low, high]) => {
    const exact = rangePrefixes(family, low, high, 3)
    return exact.length < 3 ? exact : [`${addressText(family, low)}-${addressText(family, high)}`]
  })
  const shown = prefixes.slice(0, mostPrefixes).join(', ')
  return prefixes.length > mostPrefixes ? `${shown} and others` : shown
}
