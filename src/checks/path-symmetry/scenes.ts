import type { Finding } from '../../model/check.js'
import type { Routers } from '../../model/inventory.js'
import { contextOf, declared, type Scene } from './fixtures.js'
import type { PathSymmetrySpec } from './spec.js'

export const hops = (...addresses: readonly (string | null)[]) => ({ hops: addresses })
export const there = hops('10.1.0.1', '10.0.1.2', '10.0.2.2')
export const back = hops('10.2.0.1', '10.0.2.1', '10.0.1.1')
export const eastBack = hops('10.2.0.1', '10.0.4.1', '10.0.3.1')
export const longBack = hops('10.2.0.1', '10.0.9.1', '10.0.4.1', '10.0.3.1')

export const straight: Scene = { tcp: [there, back], icmp: [there, back], udp: [there, back] }
export const parted: Scene = { tcp: [there, eastBack], icmp: [there, eastBack], udp: [there, eastBack] }
export const all = contextOf(declared)
const { west: _, ...withoutItsName } = declared
export const others: Routers = withoutItsName
export const withoutWest = contextOf(others)

export const sides = 'web1 -> db1, and db1 -> web1 read from its end:'
export const look =
  'They part between 10.1.0.1 (core1) and 10.2.0.1 (edge1). Look at the route to 10.2.0.10 on 10.1.0.1 (core1), and at the route to 10.1.0.10 on 10.2.0.1 (edge1). A stateful firewall on one of the two ways sees half of each connection, and drops it.'
export const takeMedium = 'With `confidence: medium` the check takes this for an answer.'
export const twice = [
  sides,
  '#  there             back',
  '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
  '2  10.0.1.2          10.0.2.1          unknown: whose?',
  '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
]
export const declareWest =
  'Declare which router owns 10.0.1.2 and 10.0.2.1: with `routers: { NAME: [10.0.1.2, 10.0.2.1] }` in the inventory if one router has both, otherwise each under its own name; or list the router as a host that can be asked.'

/** One scene, and what is found in it: the message line by line. */
export interface Case {
  readonly title: string
  readonly scene: Scene
  readonly context?: ReturnType<typeof contextOf>
  readonly spec?: Partial<PathSymmetrySpec>
  readonly verdict: Finding['verdict']
  readonly actual: string
  readonly message: readonly string[]
}

export const table = (...rows: readonly string[]): readonly string[] => [sides, '#  there             back', ...rows]
export const alike = table(
  '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
  '2  10.0.1.2 (west)   10.0.2.1 (west)   same: as declared',
  '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
)
export const apart = table(
  '1  10.1.0.1 (core1)  10.0.3.1 (core1)  same: as declared',
  '2  10.0.1.2 (west)   10.0.4.1 (east)   DIFFERENT: as declared',
  '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
)
export const three = 'symmetric, the same 3 routers both ways (high confidence)'
export const differs = 'asymmetric, other routers at position 2 of 3'
