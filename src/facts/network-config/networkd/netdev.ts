import type { Draft } from '../draft.js'
import { macOf, mtuOf, wholeOf } from '../text-values.js'
import type { Place } from '../value.js'
import { entriesOf, lastOf, type ReadUnit } from './unit.js'

/** A device that a `.netdev` file makes (systemd.netdev(5)). */
export interface NetDev extends Place {
  readonly name: string
  readonly kind: string
  readonly vlanId: number | null
  readonly mtu: number | null
  readonly mac: string | null
}

/** @returns null for one without a name or kind, which is told. */
export function netDevOf(unit: ReadUnit, draft: Draft): NetDev | null {
  const own = entriesOf(unit, 'NetDev')
  const value = (key: string): string | null => lastOf(own, key)?.value ?? null
  const name = value('Name')
  const kind = value('Kind')
  if (name === null || kind === null) {
    draft.doubt(unit, unit.name, 'a .netdev file has a Name and a Kind in [NetDev]', name, ['link'])
    return null
  }
  const id = lastOf(entriesOf(unit, 'VLAN'), 'Id')
  const vlanId = id === null ? null : wholeOf(id.value)
  if (kind === 'vlan' && vlanId === null) draft.doubt(id ?? unit, `Id=${id?.value ?? ''}`, 'expected the id of the VLAN', name, ['link'])
  const peers = entriesOf(unit, 'WireGuard', 'WireGuardPeer').find((entry) => entry.key === 'RouteTable' && !/^(|off)$/.test(entry.value))
  if (peers !== undefined)
    draft.doubt(peers, `RouteTable=${peers.value}`, 'what peers may send (AllowedIPs) becomes routes', name, ['routes'])
  const mtu = value('MTUBytes')
  const mac = value('MACAddress')
  return {
    file: unit.file,
    line: unit.line,
    name,
    kind,
    vlanId,
    mtu: mtu === null ? null : mtuOf(mtu),
    mac: mac === null ? null : macOf(mac),
  }
}
