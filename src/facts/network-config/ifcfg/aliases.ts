import { addressFamily, canonicalAddress } from '../../../lib/address.js'
import type { ConfiguredRoute } from '../value.js'
import type { ReadFile } from './file.js'
import { defaultRoute } from './gateways.js'
import { noteOf, undecided } from './reader.js'
import { saysNo } from './variables.js'

/** `ifcfg-eth0:1` adds to eth0, and is brought up with it unless ONPARENT says otherwise, whatever ONBOOT says (`ifup-aliases`). */
export function mergeAliases(files: readonly ReadFile[], gatewayDevice: string | undefined): readonly ReadFile[] {
  const aliases = files.filter(({ aliasOf, variables }) => aliasOf !== null && !saysNo(variables.of('ONPARENT')))
  return files
    .filter(({ aliasOf }) => aliasOf === null)
    .map((file): ReadFile => {
      const own = aliases.filter(({ aliasOf }) => aliasOf === file.config.name)
      const ports = files
        .filter(({ config }) => config.master !== null && config.master === file.config.name)
        .flatMap(({ config }) => config.name ?? [])
      return own.reduce((whole, alias) => withAlias(whole, alias, gatewayDevice), { ...file, config: { ...file.config, ports } })
    })
}

/** initscripts set GATEWAY of an alias whatever DEFROUTE says; NetworkManager takes addresses alone (`read_aliases`). */
function withAlias(file: ReadFile, alias: ReadFile, gatewayDevice: string | undefined): ReadFile {
  const { config } = file
  const addresses = [...config.addresses, ...alias.addresses]
  const method4 = config.method4 === 'none' && addresses.some(({ address }) => addressFamily(address) === 4) ? 'static' : config.method4
  const { variables } = alias
  const added = {
    ...file,
    config: { ...config, addresses, method4 },
    notes: [...file.notes, ...alias.notes],
    opaque: [...file.opaque, ...alias.opaque],
  }
  const via = canonicalAddress(variables.of('GATEWAY') ?? '')
  if (via === null || config.name === null || ![undefined, config.name, alias.config.name].includes(gatewayDevice)) return added
  if (file.reader === 'NetworkManager')
    return { ...added, notes: [...added.notes, noteOf(variables, 'GATEWAY', 'NetworkManager takes no gateway from an alias.')] }
  const route: ConfiguredRoute = defaultRoute({ via, file: variables.file, line: variables.lineOf('GATEWAY') }, variables, config.name)
  const why = "an alias's gateway, which the network service sets and NetworkManager does not"
  return {
    ...added,
    config: { ...added.config, gateways: [...config.gateways, via], defroute: true },
    routes: [...file.routes, route],
    opaque: file.reader === null ? [...added.opaque, undecided(variables, 'GATEWAY', why, config.name, ['routes'])] : added.opaque,
  }
}
