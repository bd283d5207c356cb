import type { Random } from './random.js'
import type { ShapeName } from './shapes.js'
import type { Answers, Firewall, Router, Sharing } from './world.js'

type Manner = Pick<Router, 'answers' | 'rateLimited' | 'silent' | 'firewall' | 'dropsOptions' | 'sharing' | 'hashSeed'>

/** Of all topologies: how many have a router that never answers, and how many a firewall. */
const silentShare = 0.1
const firewallShare = 0.15
/** How many drop IP options: of the addresses that answer a ping, three in four answer one with record route (Goodchild et al., IMC 2017). */
const optionsShare = 0.3

/** How the routers of one topology behave, as far as the shape leaves it open: all alike or each in its own way. */
export function temperament(shape: ShapeName, random: Random): (router: string) => Manner {
  const policy = random.weighted({ inbound: 3, return: 3, mixed: 4 })
  const sharing: Sharing = random.weighted({ addresses: 4, ports: 4, packets: 2 })
  const balances = shape === 'shared' || shape === 'bundle'
  let silent = random.chance(silentShare)
  // What a firewall leaves of the protocols may be balanced otherwise than the rest: one of the two at a time.
  let firewall: Firewall | null =
    !balances && random.chance(firewallShare) ? random.weighted({ echo: 3, udp: 3, 'tcp-but-port': 4, icmp: 2, tcp: 2 }) : null
  const options = random.chance(optionsShare)
  const alike = random.chance(0.4)
  return () => {
    // On the first routers more often than on the last: those are on the way at all times.
    const [mute, filters] = [silent && random.chance(0.4), firewall !== null && random.chance(0.5)]
    const own = filters ? firewall : null
    if (mute) silent = false
    if (filters) firewall = null
    return {
      answers: random.chance(0.05) ? 'loopback' : answersBy(policy, random),
      rateLimited: random.chance(0.5),
      silent: mute,
      firewall: own,
      dropsOptions: options && random.chance(0.7),
      sharing: balances ? sharing : 'ports',
      hashSeed: alike ? 0 : random.int(1, 2 ** 31),
    }
  }
}

function answersBy(policy: 'inbound' | 'return' | 'mixed', random: Random): Answers {
  return policy === 'mixed' ? random.pick(['inbound', 'return']) : policy
}
