import type { Draft } from '../draft.js'
import { isPattern, macOf } from '../text-values.js'
import type { ConfiguredInterface } from '../value.js'
import { allOf, entriesOf, type ReadUnit, wordsOf } from './unit.js'

/** A file that names more is not read once for each of them. */
const mostNames = 64

export type Finding = Pick<ConfiguredInterface, 'name' | 'match' | 'matchMac' | 'matchNames'>

/** Conditions of the host, of hardware and of radio: whether they hold is not known from files. */
const unknowable =
  /^(Host|Virtualization|KernelCommandLine|KernelVersion|Credential|Architecture|Firmware|Path|Driver|Property|SSID|BSSID|WLANInterfaceType)$/

/**
 * The interfaces that [Match] finds: one for each name where all are names; otherwise one finding, by patterns or by hardware address.
 * A section without conditions finds every interface.
 */
export function findingsOf(unit: ReadUnit, draft: Draft): readonly Finding[] {
  const entries = entriesOf(unit, 'Match')
  const names = allOf(entries, 'Name').flatMap(({ value }) => wordsOf(value))
  const macs = ['MACAddress', 'PermanentMACAddress'].flatMap((key) => allOf(entries, key).flatMap(({ value }) => wordsOf(value)))
  const said = entries.filter(({ value }) => value !== '')
  const match = said.map(({ key, value }) => `${key}=${value}`).join(' ') || 'any'
  const isNamed = names.length > 0 && names.length <= mostNames && names.every((name) => !isPattern(name) && !name.startsWith('!'))
  const [only, ...others] = isNamed && macs.length === 0 ? names : []
  const about = others.length === 0 ? (only ?? null) : null
  // Only containers of systemd-nspawn have a host0.
  for (const entry of said)
    if (unknowable.test(entry.key) && about !== 'host0')
      draft.doubt(entry, `${entry.key}=${entry.value}`, 'whether this holds is not known', about)

  if (only !== undefined) return names.map((name) => ({ name, match: said.length > 1 ? match : null, matchMac: null, matchNames: [] }))
  if (macs.length > mostNames) {
    draft.doubt(unit, match, `more than ${mostNames} hardware addresses`, null)
    return []
  }
  if (macs.length > 0) {
    return macs.map((mac) => ({ name: null, match, matchMac: macOf(mac), matchNames: names.filter((name) => !name.startsWith('!')) }))
  }
  const isRadio = allOf(entries, 'Type').some(({ value }) => value === 'wlan')
  const patterns = names.some((name) => name.startsWith('!')) ? [] : names.length === 0 && isRadio ? ['wl*'] : names
  return [{ name: null, match, matchMac: null, matchNames: said.length === 0 ? ['*'] : patterns }]
}
