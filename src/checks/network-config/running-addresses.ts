import type { InterfaceAddress, Interfaces } from '../../facts/interfaces/index.js'
import { type ConfiguredAddress, lookedAt, type NetworkConfig, showPlace } from '../../facts/network-config/index.js'
import { addressFamily } from '../../lib/address.js'
import type { Difference } from './difference.js'
import { comesByItself, isMadeBySoftware } from './noise.js'
import { findInterface, type Owner } from './scene.js'

/** Where running and configured addresses differ. @param device null: on every interface. */
export function compareAddresses(
  config: NetworkConfig,
  running: Interfaces,
  device: string | null,
  owners: readonly Owner[],
): readonly Difference[] {
  const shown = running.filter(({ name }) => name === null || (!isMadeBySoftware(name) && (device === null || name === device)))
  return [
    ...shown.flatMap(({ name, addresses }) => addresses.flatMap((address) => runningOnly(config, name, address, device, owners))),
    ...owners.flatMap((owner) => configuredOnly(owner, running)),
  ]
}

const show = ({ address, prefixLength }: Pick<InterfaceAddress, 'address' | 'prefixLength'>): string =>
  `${address}${prefixLength === null ? '' : `/${prefixLength}`}`

const sameAddress = (configured: ConfiguredAddress, running: InterfaceAddress): boolean => configured.address === running.address
const sameLength = (configured: ConfiguredAddress, running: InterfaceAddress): boolean =>
  configured.prefixLength === null ||
  running.prefixLength === null ||
  running.peer !== null ||
  configured.prefixLength === running.prefixLength

/** What the method of an interface explains without any address in a file. */
function isOffered({ config }: Owner, { address, dynamic }: InterfaceAddress): boolean {
  const six = addressFamily(address) === 6
  const method = six ? config.method6 : config.method4
  if (six && dynamic === true) return true
  return method === null || method === 'dhcp' || method === 'auto' || method === 'other'
}

function runningOnly(
  config: NetworkConfig,
  name: string | null,
  address: InterfaceAddress,
  device: string | null,
  owners: readonly Owner[],
): readonly Difference[] {
  if (comesByItself(address.address)) return []
  const common = { what: `address ${show(address)}${name === null ? '' : ` on ${name}`}`, now: 'set' }
  if (name === null) {
    // The host does not tell on which interface it is, so that any interface's configuration explains it, and its DHCP too.
    const explained = owners.some(
      (owner) => owner.config.addresses.some((entry) => sameAddress(entry, address)) || isOffered(owner, address),
    )
    if (explained || device !== null) return []
    return [
      {
        ...common,
        atBoot: 'gone',
        message: `${address.address} is set now but configured nowhere: it is gone after a reboot. Looked at: ${lookedAt(config)}.`,
      },
    ]
  }
  const found = findInterface(config, name)
  if ('unclear' in found) return [{ ...common, atBoot: 'not clear', unsure: true, message: found.unclear }]
  if ('none' in found) {
    if (address.dynamic === true && addressFamily(address.address) === 6) return []
    const message = `${show(address)} is set now, but nothing configures ${name}: it is gone after a reboot. Looked at: ${lookedAt(config)}.`
    return [{ ...common, atBoot: 'gone', message }]
  }
  return compareWith(found.owner, name, address, common)
}

function compareWith(
  owner: Owner,
  name: string,
  address: InterfaceAddress,
  common: Pick<Difference, 'what' | 'now'>,
): readonly Difference[] {
  const same = owner.config.addresses.find((entry) => sameAddress(entry, address))
  const place = showPlace(same ?? owner.config)
  if (owner.config.onboot === false) {
    return [
      { ...common, atBoot: 'gone', message: `${name} is not brought up at boot (${place}): ${show(address)} is gone after a reboot.` },
    ]
  }
  if (same !== undefined && sameLength(same, address)) return []
  if (same !== undefined) {
    const message = `${place} has another length: after a reboot ${name} has ${same.address}/${same.prefixLength}, and the network on the link is another.`
    return [{ ...common, atBoot: `${same.address}/${same.prefixLength}`, message }]
  }
  if (isOffered(owner, address)) return []
  const message =
    address.dynamic === true
      ? `${show(address)} was leased (DHCP), but ${place} says ${owner.config.method4 ?? 'nothing of DHCP'}: after a reboot ${name} is without it.`
      : `${show(address)} is set now but configured nowhere: it is gone after a reboot. ${name} is configured in ${place}.`
  return [{ ...common, atBoot: 'gone', message }]
}

function configuredOnly({ config }: Owner, running: Interfaces): readonly Difference[] {
  if (config.onboot === false || config.name === null) return []
  const here = running.filter(({ name }) => name === null || name === config.name)
  const addresses = here.flatMap(({ addresses }) => addresses)
  return config.addresses
    .filter((entry) => !addresses.some((address) => sameAddress(entry, address)))
    .map((entry) => {
      const state = here.some(({ name }) => name === config.name) ? '' : ` The host has no interface ${config.name} now.`
      const message = `${showPlace(entry)} configures ${show(entry)}, and ${config.name} does not have it: it appears at the next boot.${state} Look at \`ip address show\`.`
      return { what: `address ${show(entry)} on ${config.name}`, atBoot: 'set', now: 'not set', message }
    })
}
