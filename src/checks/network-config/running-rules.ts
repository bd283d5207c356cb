import { type ConfiguredRule, type ConfiguredSystem, lookedAt, type NetworkConfig, showPlace } from '../../facts/network-config/index.js'
import type { Rule, Rules } from '../../facts/rules/index.js'
import { mayBeTheSame } from '../../lib/iproute2/table-name.js'
import type { Difference } from './difference.js'

/** Who sets rules that a file may be about; others are daemons', which set them again (rt_protos). */
const configured: ReadonlySet<string | null> = new Set([null, 'boot', 'static', 'unspec'])

/** The kernel's own, in any order somebody gave them (fib_default_rules_init, l3mdev(8)). */
const isKernels = ({ from, to, table, further }: Rule): boolean =>
  further.includes('l3mdev') || (from === null && to === null && further === '' && ['local', 'main', 'default'].includes(table ?? ''))

/**
 * VPNs and networks of containers send what they have marked a way of its own, and set that up when they start. wg-quick(8) has
 * everything else look into `main` without its default route before (`suppress_prefixlength 0`), which by itself changes no way.
 */
const isTunnels = ({ from, to, further }: Rule): boolean =>
  /\bfwmark\b/.test(further) || (from === null && to === null && further === 'suppress_prefixlength 0')

/** Where the rules of one family that run differ from those that the next boot sets up. */
export function compareRules(config: NetworkConfig, systems: readonly ConfiguredSystem[], running: Rules): readonly Difference[] {
  const atBoot = systems.flatMap(rulesAtBoot).filter(({ family }) => family === running.family)
  if (!running.shown) return atBoot.slice(0, 1).map(unseen)
  const now = running.rules.filter((rule) => !isKernels(rule))
  return [
    ...now
      .filter((rule) => configured.has(rule.protocol) && !isTunnels(rule) && !atBoot.some((written) => isSame(written, rule)))
      .map((rule) => runningOnly(config, rule, running.family)),
    ...atBoot.filter((written) => !now.some((rule) => isSame(written, rule))).map(configuredOnly),
  ]
}

/** Rules of an interface that is not brought up do not come. ifcfg keeps them in files of their own: `rule-eth1`. */
function rulesAtBoot({ rules, interfaces }: ConfiguredSystem): readonly ConfiguredRule[] {
  const asleep = interfaces.filter(({ onboot }) => onboot === false)
  return rules.filter(
    ({ file }) => !asleep.some((each) => file === each.file || file.endsWith(`/rule-${each.name}`) || file.endsWith(`/rule6-${each.name}`)),
  )
}

/** Words of the systems for what narrows a rule beside its prefixes. */
const selectors =
  /\b(not|iif|oif|dev|fwmark|mark|tos|dsfield|type-of-service|ipproto|sport|dport|uidrange|incominginterface|outgoinginterface|firewallmark|typeofservice|ipprotocol|sourceport|destinationport|user|invertrule)\b/i

function isSame(written: ConfiguredRule, rule: Rule): boolean {
  if (written.from !== rule.from || written.to !== rule.to) return false
  if (written.priority !== null && written.priority !== rule.priority) return false
  const table = written.table ?? 'main'
  if (rule.table !== null && table !== rule.table && !mayBeTheSame(table, rule.table)) return false
  if (rule.further === '') return !selectors.test(written.text)
  const said = written.text.toLowerCase().split(/[\s=,;]+/)
  return rule.further.split(' ').every((word) => isSaid(said, word))
}

/** Each value that runs must be written; the words before it differ from system to system: `iif`, `IncomingInterface=`. */
function isSaid(said: readonly string[], word: string): boolean {
  if (word === 'not') return said.includes('not') || said.includes('invertrule')
  if (/^(iif|oif|fwmark|tos|ipproto|sport|dport|uidrange|suppress_prefixlength|suppress_ifgroup)$/.test(word)) return true
  const whole = word.toLowerCase()
  return said.some((other) => other === whole || (other !== '' && Number(other) === Number(whole)))
}

const nameOf = (from: string | null, to: string | null): string => `rule from ${from ?? 'all'}${to === null ? '' : ` to ${to}`}`

const show = ({ from, to, table, further }: Rule): string =>
  [`from ${from ?? 'all'}`, to === null ? '' : `to ${to}`, further, table === null ? '' : `lookup ${table}`]
    .filter((part) => part !== '')
    .join(' ')

function runningOnly(config: NetworkConfig, rule: Rule, family: Rules['family']): Difference {
  const six = family === 'inet6' ? ' (IPv6)' : ''
  const message = `It is set now but configured nowhere: it is gone after a reboot, and with it the way of what it is about. Looked at: ${lookedAt(config)}.`
  return { what: `${nameOf(rule.from, rule.to)}${six}`, now: `${rule.priority}: ${show(rule)}`, atBoot: 'gone', message }
}

function configuredOnly(written: ConfiguredRule): Difference {
  const message = `${showPlace(written)} configures it, but there is no such rule: it comes back at the next boot. Look at \`ip ${written.family === 'inet6' ? '-6 ' : ''}rule\`.`
  return { what: nameOf(written.from, written.to), now: 'no such rule', atBoot: written.text, message }
}

function unseen(written: ConfiguredRule): Difference {
  const message = `Without \`ip\`, and without support for rules in the kernel, this host shows none; ${showPlace(written)} configures one.`
  return { what: nameOf(written.from, written.to), now: 'not shown by this host', atBoot: written.text, message, unsure: true }
}
