import type { Bond } from '../../facts/bonds/index.js'
import { hiddenNames, type Link, type Links, linkNamed } from '../../facts/links/index.js'
import { findingOf } from '../../lib/comparison.js'
import { describeList, listDifference, namedValues } from '../../lib/list-expectation.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import type { Spec } from './schema.js'
import { respelt, showItems } from './sets.js'

/** The ports of a bridge or bond. */
export function judgeMembers({ members: named }: Spec, link: Link, all: Links, label: string): readonly Finding[] {
  if (named === undefined) return []
  const { links } = all
  const expected = respelt(named, (name) => linkNamed(all, name)?.name ?? name)
  const actual = links.filter(({ master }) => master === link.name).map(({ name }) => name)
  const difference = listDifference(expected, actual, false)
  const base = { property: 'members', expected: describeList(named), actual: showItems(actual) }
  const strangers = namedValues(expected).filter((name) => linkNamed(all, name) === undefined)
  if (strangers.length > 0 && hiddenNames(all) !== '') {
    const message = sentences(`The host shows no interface ${strangers.join(' or ')}.`, hiddenNames(all))
    return [findingOf(label, { ...base, outcome: 'unknown' }, message)]
  }
  if (difference === null) return [findingOf(label, { ...base, outcome: 'met' }, '')]
  const { missing, unwanted } = difference
  const message = sentences(
    ...missing.map((name) => {
      const other = links.find((each) => each.name === name)
      if (other === undefined) return `There is no interface ${name}.`
      return other.master === null ? `${name} belongs to none.` : `${name} belongs to ${other.master}.`
    }),
    unwanted.length === 0 ? '' : `Not expected: ${showItems(unwanted)}.`,
    `Look at \`ip link show master ${link.name}\`.`,
  )
  return [findingOf(label, { ...base, outcome: 'unmet' }, message)]
}

/** @param bonds undefined when nothing about bonds is expected. */
export function judgeBond(spec: Spec, link: Link, bonds: readonly Bond[] | undefined, label: string): readonly Finding[] {
  if (bonds === undefined) return []
  const bond = bonds.find(({ name }) => name === link.name)
  const mode = spec['bond-mode'] ?? '802.3ad'
  if (bond === undefined) {
    const sure = link.type !== null && link.type !== 'bond'
    const comparison = {
      property: 'bond-mode',
      outcome: sure ? 'unmet' : 'unknown',
      expected: mode,
      actual: sure ? `no bond: ${link.type}` : 'not shown by this host',
    } as const
    return [findingOf(label, comparison, sure ? '' : `/proc/net/bonding/${link.name} is not there, or may not be read: is it a bond?`)]
  }
  const mine = bond.mode === mode
  const comparison = { property: 'bond-mode', outcome: mine ? 'met' : 'unmet', expected: mode, actual: bond.mode } as const
  const message = 'Both ends must agree, the switch too: LACP on one side alone, or on neither, loses or loops frames.'
  const about = findingOf(label, comparison, mine ? '' : message)
  return spec.lacp === true && mine ? [about, judgeLacp(bond, label)] : [about]
}

/** IEEE 802.1AX: who hears no partner sends this in its place. */
const nobody = '00:00:00:00:00:00'

/** A partner answers, and every member is up and in the aggregator in use. */
function judgeLacp(bond: Bond, label: string): Finding {
  const { members, name } = bond
  const used = bond.aggregator ?? members[0]?.aggregator ?? null
  const partner = bond.partnerMac ?? members.find((member) => member.aggregator === used)?.partnerMac ?? null
  const outside = members.filter(({ aggregator, miiStatus }) => aggregator !== used || miiStatus !== 'up')
  const shown = members
    .map((member) => `${member.name} ${member.miiStatus ?? 'of unknown state'} in aggregator ${member.aggregator ?? 'none'}`)
    .join(', ')
  const base = {
    property: 'lacp',
    expected: 'a partner, and all members in one aggregator',
    actual: `partner ${partner ?? 'not shown'}; ${shown === '' ? 'no members' : shown}`,
  }
  if (members.length === 0) return findingOf(label, { ...base, outcome: 'unmet' }, 'The bond has no members.')
  if (partner === nobody) {
    const message = `Nobody answers LACP at the other end: the switch ports are not in a port-channel of mode active or passive, or not in this one. Look at \`cat /proc/net/bonding/${name}\` as root and at the switch.`
    return findingOf(label, { ...base, outcome: 'unmet' }, message)
  }
  if (outside.length > 0) {
    const message = `${outside.map((member) => member.name).join(', ')} carr${outside.length === 1 ? 'ies' : 'y'} no traffic of the bond: no link, another switch or port-channel at the other end, or another speed. Look at \`cat /proc/net/bonding/${name}\` as root and at these switch ports.`
    return findingOf(label, { ...base, outcome: 'unmet' }, message)
  }
  if (partner === null) {
    return findingOf(
      label,
      { ...base, outcome: 'unknown' },
      'The kernel shows LACP partners to root alone: give the host `become: sudo` in the inventory.',
    )
  }
  return findingOf(label, { ...base, outcome: 'met' }, '')
}
