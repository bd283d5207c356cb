import {
  lookedAt,
  type NetworkConfig,
  obstacleTo,
  opaqueAbout,
  showOpaque,
  showPlace,
  systemNames,
} from '../../facts/network-config/index.js'
import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { describeExpectation, type Expectation, meets, numberType, textType, type ValueType } from '../../lib/expectation.js'
import { sentences } from '../../lib/sentences.js'
import { addressType } from '../../lib/value-types.js'
import type { Finding } from '../../model/check.js'
import { judgeRoutes } from './routes.js'
import { findInterface, isMainDefault, type Owner } from './scene.js'
import type { SetOf, Spec } from './schema.js'
import { compareSets } from './sets.js'

type Topics = Parameters<typeof opaqueAbout>[1]

/** Judges what is written; nothing of it where it cannot be told what applies. */
export function judgeWritten(spec: Spec, config: NetworkConfig, host: string): readonly Finding[] {
  const subject = spec.interface === undefined ? 'network-config' : `network-config ${spec.interface}`
  const obstacle = obstacleTo(config, host)
  if (obstacle !== null) return [{ verdict: 'error', subject, expected: 'known configuration', actual: 'not known', message: obstacle }]
  if (spec.interface === undefined) return spec.routes === undefined ? [] : judgeRoutes(spec.routes, config, null, subject)
  const found = findInterface(config, spec.interface)
  if ('unclear' in found) return [{ verdict: 'error', subject, expected: 'one configuration', actual: 'not clear', message: found.unclear }]
  if ('none' in found) return [notConfigured(spec.interface, subject, config)]
  const findings = judgeInterface(spec, found.owner, config, subject)
  return spec.routes === undefined ? findings : [...findings, ...judgeRoutes(spec.routes, config, spec.interface, subject)]
}

function notConfigured(name: string, subject: string, config: NetworkConfig): Finding {
  const common = { subject, expected: 'a configuration', actual: 'none' }
  const opaque = opaqueAbout(config, ['boot', 'addresses'], name)
  if (opaque.length > 0) return { ...common, verdict: 'error', message: showOpaque(opaque) }
  const idle = config.systems.find((system) => system.applies === 'no' && system.interfaces.some((each) => each.name === name))
  const elsewhere = idle === undefined ? '' : `It is configured by ${systemNames[idle.system]}, which do not apply: ${idle.because}`
  return { ...common, verdict: 'fail', message: sentences(`${name} stays down after a reboot. Looked at: ${lookedAt(config)}.`, elsewhere) }
}

interface Asked {
  readonly property: string
  readonly expected: string
  readonly actual: string
  readonly met: boolean
  /** The host's files do not tell it. */
  readonly unknown?: boolean
  readonly message: string
  readonly topics: Topics
}

function judgeInterface(spec: Spec, owner: Owner, config: NetworkConfig, subject: string): readonly Finding[] {
  const asked = [
    onboot(spec, owner),
    method(spec, owner),
    addresses(spec, owner),
    gateway(spec, owner),
    defroute(spec, owner),
    listOf('dns', spec.dns, owner.config.dns, owner, (item) => canonicalAddress(item) ?? item),
    listOf('search', spec.search, owner.config.search, owner, (item) => item.toLowerCase().replace(/\.$/, '')),
    number(spec.mtu, owner),
  ].filter((each) => each !== null)
  return asked.map(({ property, expected, actual, met, unknown, message, topics }): Finding => {
    const common = { subject: `${subject}: ${property}`, expected, actual }
    const opaque = opaqueAbout(config, topics, spec.interface ?? null)
    if (unknown === true || opaque.length > 0) {
      const why = opaque.length > 0 ? showOpaque(opaque) : `${showPlace(owner.config)} does not tell it.`
      return { ...common, verdict: 'error', message: why }
    }
    return met ? { ...common, verdict: 'pass', message: '' } : { ...common, verdict: 'fail', message }
  })
}

const written = ({ config }: Owner): string => `Written in ${showPlace(config)}.`
const yesNo = (value: boolean | null): string => (value === null ? 'not known' : value ? 'yes' : 'no')

function onboot({ onboot: expected }: Spec, owner: Owner): Asked | null {
  if (expected === undefined) return null
  const actual = owner.config.onboot
  const remedy = actual === false ? `It stays down after a reboot: ${bootRemedy(owner)}` : ''
  return {
    ...{ property: 'onboot', expected: yesNo(expected), actual: yesNo(actual), met: actual === expected, unknown: actual === null },
    ...{ message: sentences(remedy, written(owner)), topics: ['boot'] },
  }
}

function bootRemedy({ system, config: { name } }: Owner): string {
  if (system.system === 'ifcfg') return 'set ONBOOT=yes.'
  if (system.system === 'ifupdown') return `add \`auto ${name ?? ''}\`.`
  return 'see its configuration.'
}

function method({ method: expected, family }: Spec, owner: Owner): Asked | null {
  if (expected === undefined) return null
  const actual = family === 'inet6' ? owner.config.method6 : owner.config.method4
  return {
    ...{ property: 'method', expected: describeExpectation(textType, expected), actual: actual ?? 'not written', unknown: actual === null },
    ...{ met: meets(textType, expected, actual), message: written(owner), topics: ['boot'] },
  }
}

function addresses({ addresses: expected }: Spec, owner: Owner): Asked | null {
  if (expected === undefined) return null
  const actual = owner.config.addresses
  const result = compareSets(
    expected,
    actual,
    (item, { address, prefixLength }) => {
      const [bare = '', length] = item.split('/')
      return canonicalAddress(bare) === address && Number(length) === prefixLength
    },
    (item) => item,
  )
  const { missing, extra } = result
  const show = ({ address, prefixLength }: (typeof actual)[number]): string => `${address}/${prefixLength ?? '?'}`
  const message = sentences(
    missing.length === 0 ? '' : `Not written: ${missing.join(', ')}.`,
    ...extra.map((entry) => `${show(entry)} is not expected (${showPlace(entry)}).`),
    missing.length === 0 ? '' : written(owner),
  )
  return {
    ...{ property: 'addresses', expected: result.expected, actual: actual.map(show).join(', ') || 'none', message, topics: ['addresses'] },
    met: missing.length + extra.length === 0,
  }
}

const isOfFamily = (address: string, family: Spec['family']): boolean => (addressFamily(address) === 6) === (family === 'inet6')

function defaultsThrough({ system, config }: Owner, family: Spec['family']) {
  return system.routes.filter((route) => isMainDefault(route) && route.interface === config.name && route.family === (family ?? 'inet'))
}

function gateway({ gateway: expected, family }: Spec, owner: Owner): Asked | null {
  if (expected === undefined) return null
  const named = owner.config.gateways.filter((address) => isOfFamily(address, family))
  const routed = defaultsThrough(owner, family).flatMap(({ via }) => (via === null ? [] : [via]))
  const actual = [...new Set([...named, ...routed])]
  const values = actual.length === 0 ? [null] : actual
  return {
    ...{ property: 'gateway', expected: describeExpectation(addressType, expected), actual: actual.join(', ') || 'none' },
    ...{ met: values.every((value) => meets(addressType, expected, value)), topics: ['routes'] },
    message: sentences(actual.length > 1 ? 'Every one must be as expected.' : '', written(owner)),
  }
}

function defroute({ defroute: expected, family }: Spec, owner: Owner): Asked | null {
  if (expected === undefined) return null
  const { method4, method6, defroute: allowed } = owner.config
  const routes = defaultsThrough(owner, family)
  const offered = family === 'inet6' ? method6 === 'auto' || method6 === 'dhcp' : method4 === 'dhcp'
  const actual = routes.length > 0 || (offered && allowed === true)
  const [first] = routes
  const source =
    first === undefined ? `${family === 'inet6' ? 'A router' : 'The DHCP server'} may offer one.` : `It comes of ${showPlace(first)}.`
  return {
    ...{ property: 'defroute', expected: yesNo(expected), actual: yesNo(actual), met: actual === expected, topics: ['routes'] },
    unknown: offered && routes.length === 0 && allowed === null,
    message: actual ? source : sentences('No default route through it comes of the configuration.', written(owner)),
  }
}

function listOf(
  property: 'dns' | 'search',
  expected: SetOf<string> | undefined,
  actual: readonly string[],
  owner: Owner,
  normal: (item: string) => string,
): Asked | null {
  if (expected === undefined) return null
  const own = [...actual, ...owner.system[property]]
  const {
    missing,
    extra,
    expected: words,
  } = compareSets(
    expected,
    own,
    (item, entry) => normal(item) === normal(entry),
    (item) => item,
  )
  const message = sentences(
    missing.length === 0 ? '' : `Not written: ${missing.join(', ')}.`,
    extra.length === 0 ? '' : `Not expected: ${extra.join(', ')}.`,
    written(owner),
  )
  return { property, expected: words, actual: own.join(', ') || 'none', met: missing.length + extra.length === 0, message, topics: ['dns'] }
}

function number(expected: Spec['mtu'], owner: Owner): Asked | null {
  if (expected === undefined) return null
  const type: ValueType<number, number> = numberType
  const actual = owner.config.mtu
  return {
    ...{
      property: 'mtu',
      expected: describeExpectation(type, expected as Expectation<number>),
      actual: actual === null ? 'not written' : String(actual),
    },
    ...{ met: meets(type, expected as Expectation<number>, actual), topics: ['link'] },
    message: sentences(actual === null ? 'Nothing is written, so that the driver decides (1500 for Ethernet).' : '', written(owner)),
  }
}
