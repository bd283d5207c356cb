import { randomOf } from '../../../bench/symmetry/random.js'
import { isMirrored, pathsFrom, type Truth, truthOf } from '../../../bench/symmetry/truth.js'
import type { World } from '../../../bench/symmetry/world.js'
import { openDesk } from '../../../src/checks/path-symmetry/desk.js'
import { endsOf } from '../../../src/checks/path-symmetry/ends.js'
import { type Inquiry, inquire } from '../../../src/checks/path-symmetry/inquiry.js'
import type { PathSymmetrySpec } from '../../../src/checks/path-symmetry/spec.js'
import { factKey } from '../../../src/lib/fact-key.js'
import { learntFrom } from '../../../src/lib/learnt.js'
import type { FactError, FactRequest } from '../../../src/model/fact.js'
import type { Host, Inventory } from '../../../src/model/inventory.js'
import type { Json } from '../../../src/model/json.js'
import { factsOf } from './facts.js'
import { send } from './packets.js'

export interface Setting {
  /** The share of routers that the inventory declares, with all their addresses. */
  readonly declared: number
  /** The share of routers that are hosts of the inventory and answer. */
  readonly asked: number
  readonly recordRoute: boolean
}

const host = (name: string, address: string): Host => ({
  name,
  address,
  platform: 'linux',
  transport: 'ssh',
  ssh: {},
  become: 'none',
  groups: [],
  vars: {},
})

const nobody: FactError = { reason: 'unreachable', message: 'nobody there' }

/** Takes a check through its steps in a simulated world, as the engine would. */
export function drive(
  world: World,
  setting: Setting,
  more: Partial<PathSymmetrySpec> = {},
): { inquiry: Inquiry; truth: Truth; steps: number } {
  const random = randomOf(77, world.index)
  const names = random.shuffled(world.routers.map(({ name }) => name))
  const declared = new Set(names.slice(0, Math.round(names.length * setting.declared)))
  const asked = new Set(names.slice(names.length - Math.round(names.length * setting.asked)))
  const kept = (address: string): boolean => world.virtual.every((one) => one.address !== address || one.declared)
  const inventory: Inventory = {
    hosts: new Map([
      ...(['a', 'b'] as const).map((end) => [end, host(end, world.ends[end].address)] as const),
      ...world.routers.filter(({ name }) => asked.has(name)).map(({ name, loopback }) => [name, host(name, loopback)] as const),
    ]),
    groups: new Map(),
    routers: Object.fromEntries(
      world.routers
        .filter(({ name }) => declared.has(name))
        .map(({ name, ports, loopback }) => [name, [...ports.flatMap(({ addresses }) => addresses.filter(kept)), loopback]]),
    ),
    resolvers: new Map(),
  }
  const spec: PathSymmetrySpec = { between: ['a', 'b'], port: world.port, ...more }
  const ends = endsOf(spec, { inventory })
  const answer = factsOf(world, { recordRoute: setting.recordRoute, asked })
  const outcomes = new Map<string, { value: Json } | { error: FactError }>()
  const learnt = learntFrom((key) => outcomes.get(key))
  const learn = (request: FactRequest): void => {
    const value = answer(request)
    outcomes.set(factKey(request), value === null ? { error: nobody } : { value })
  }
  for (let steps = 0; steps < 10; steps += 1) {
    const desk = openDesk([], learnt, false)
    const inquiry = inquire(spec, ends, { inventory }, desk)
    if (desk.wanted.length === 0) {
      return { inquiry, truth: truthFor(world), steps }
    }
    desk.wanted.forEach(learn)
  }
  throw new Error(`topology ${world.index}: it asks without end`)
}

/** Of the conversations that these two ends can have: what is balanced by addresses alone is one way for all of them. */
function truthFor(world: World): Truth {
  if (world.routers.some(({ sharing }) => sharing === 'packets')) return truthOf(pathsFrom(world, 'a'), pathsFrom(world, 'b'))
  const way = (from: 'a' | 'b', to: 'a' | 'b', ports: readonly [number, number]): string[] =>
    send(
      { ...world, routers: world.routers.map((router) => ({ ...router, firewall: null })) },
      { protocol: 'tcp', echo: false, from, to, ports },
    ).steps.map(({ router }) => router.name)
  const mirrored = Array.from({ length: 64 }, (_, port) => isMirrored(way('a', 'b', [port, world.port]), way('b', 'a', [world.port, port])))
  return mirrored.every(Boolean) ? 'symmetric' : mirrored.some(Boolean) ? 'flow-dependent' : 'asymmetric'
}
