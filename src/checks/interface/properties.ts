import type { LinkSpeed } from '../../facts/link-speed/index.js'
import { type Link, type Links, namingOf } from '../../facts/links/index.js'
import { type Comparison, compare } from '../../lib/comparison.js'
import { numberType, textType } from '../../lib/expectation.js'
import { compareName } from '../../lib/interface-names.js'
import { macType } from '../../lib/mac.js'
import { rateType } from '../../lib/rate.js'
import type { Spec } from './schema.js'
import { compareCarrier, compareState, stateOf } from './state.js'

/** Everything that is one value of the interface. */
export function compareProperties(spec: Spec, link: Link, all: Links, speeds: readonly LinkSpeed[] | undefined): readonly Comparison[] {
  const { type, vlanId, parent } = link
  const { names } = namingOf(all, spec.parent, spec.master)
  const speed = speeds?.find(({ name }) => name === link.name)
  // A source that does not know the type cannot tell a missing VLAN or parent from one that it does not show.
  const sure = type !== null
  // Nothing has a speed while there is no signal; with one, a driver may not tell.
  const idle = stateOf(link).state === 'down'
  return [
    compareState(spec.state, link),
    compareCarrier(spec.carrier, link),
    compare('type', textType, spec.type, type, sure),
    compare('mac', macType, spec.mac, link.mac, true),
    compare('mtu', numberType, spec.mtu, link.mtu, true),
    compare('speed', rateType, spec.speed, speed?.speed ?? null, (speed?.speed ?? null) !== null || idle),
    compare('duplex', textType, spec.duplex, speed?.duplex ?? null, (speed?.duplex ?? null) !== null || idle),
    compare('vlan-id', numberType, spec['vlan-id'], vlanId, vlanId !== null || (sure && type !== 'vlan')),
    compareName('parent', names, spec.parent, parent, parent !== null || (sure && !all.hides.includes('parent'))),
    compareName('master', names, spec.master, link.master, true),
  ].filter((comparison) => comparison !== null)
}
