import { absenceWithout, type Links, linkNamed, links, namingOf } from '../../facts/links/index.js'
import { type Listener, listeners } from '../../facts/listeners/index.js'
import { type User, users } from '../../facts/users/index.js'
import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { request } from '../../lib/fact-key.js'
import { listenersByPort } from '../../lib/sockets/by-port.js'
import { namedUsers } from '../../lib/sockets/owner.js'
import type { Want } from '../../lib/sockets/reach.js'
import type { CheckKind, Finding, SpecProblem } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { type Judged, judgePort } from './judge.js'
import { portProblems, readPorts } from './ports.js'
import { type Spec, schema } from './schema.js'
import { readWant, zoneOf } from './want.js'
import { expectedOn } from './words.js'

type Needs = {
  readonly listeners: FactRequest<readonly Listener[]>
  /** Only where an interface is named. */
  readonly links?: FactRequest<Links>
  /** None when no user is expected. */
  readonly users: readonly FactRequest<readonly User[]>[]
}

export const listeningPort: CheckKind<Spec, Needs> = {
  kind: 'listening-port',
  summary: 'a TCP or UDP port on which a service listens, or nothing may',
  schema,
  problems: (spec) => [...portProblems(spec.port), ...addressProblems(spec), ...holderProblems(spec)],
  needs: (spec, { host }) => ({
    listeners: request(listeners, host.name, { processes: spec.process !== undefined }),
    ...(zoneOf(spec) === undefined ? {} : { links: request(links, host.name, {}) }),
    users: spec.user === undefined ? [] : [request(users, host.name, { lookUp: [...new Set(namedUsers(spec.user).map(String))].sort() })],
  }),
  evaluate: (spec, facts, { host }) => {
    const protocol = spec.protocol ?? 'tcp'
    const byPort = listenersByPort(facts.listeners)
    const partial = host.become === 'none' && host.ssh.user !== 'root' && facts.listeners.some(({ processes }) => processes === null)
    const scene = {
      spec,
      want: wantOn(spec, facts.links),
      protocol,
      host,
      users: facts.users.flat(),
      on: byPort.on,
      all: byPort.of(protocol),
      partial,
    }
    const missing = judgeMissing(spec, facts.links, scene.want)
    const judge = (port: number): readonly Judged[] => (missing === null ? judgePort(scene, port) : [missing])
    return joinNeighbours(readPorts(spec.port).flatMap((port) => judge(port).map((judged) => ({ port, judged })))).map(
      ({ from, to, judged: { property, ...finding } }): Finding => ({
        subject: `listening-port ${from === to ? from : `${from}-${to}`}/${protocol}${property === '' ? '' : `: ${property}`}`,
        ...finding,
      }),
    )
  },
}

/** Sockets are bound to an interface by its own name. */
function wantOn(spec: Spec, known: Links | undefined): Want {
  const want = readWant(spec)
  const link = known === undefined || want.interface === null ? undefined : linkNamed(known, want.interface)
  return link === undefined ? want : { ...want, interface: link.name }
}

/** Where nothing can come in; that nothing listens is no proof of anything there. */
function judgeMissing(spec: Spec, known: Links | undefined, want: Want): Judged | null {
  const { missing, names } = namingOf(known, zoneOf(spec))
  if (missing === null) return null
  const absent = spec.absent === true
  return {
    property: '',
    verdict: absent || names.possible !== null ? 'error' : 'fail',
    expected: expectedOn(want, absent),
    actual: 'no such interface',
    message: absent ? absenceWithout(missing) : missing,
  }
}

/** Neighbouring ports of which the same is to be said share a finding, so that a range is not a hundred lines. */
function joinNeighbours(all: readonly { readonly port: number; readonly judged: Judged }[]) {
  const runs: { readonly from: number; to: number; readonly judged: Judged }[] = []
  const last = new Map<string, (typeof runs)[number]>()
  for (const { port, judged } of all) {
    const key = JSON.stringify(judged)
    const run = last.get(key)
    if (run !== undefined && run.to === port - 1) {
      run.to = port
      continue
    }
    const started = { from: port, to: port, judged }
    runs.push(started)
    last.set(key, started)
  }
  return runs
}

function addressProblems({ address, family }: Spec): readonly SpecProblem[] {
  if (address === undefined) return []
  if (canonicalAddress(address) === null) {
    return [
      {
        path: ['address'],
        message: `expected an IP address, found "${address}"`,
        hint: '0.0.0.0 means every IPv4 address, :: every IPv6 address',
      },
    ]
  }
  const named = family === undefined ? null : family === 'inet' ? 4 : 6
  if (named === null || addressFamily(address) === named) return []
  return [
    {
      path: ['family'],
      message: `expected the family of ${address}, found ${family}`,
      hint: 'an address has its family: leave family out',
    },
  ]
}

function holderProblems(spec: Spec): readonly SpecProblem[] {
  return (['process', 'user'] as const).flatMap((key): SpecProblem[] => {
    const expected = spec[key]
    if (expected === undefined) return []
    const path = [key]
    if (spec.absent === true) {
      return [
        {
          path,
          message: `expected no ${key} where nothing may listen`,
          hint: `to keep one off the port, leave out absent and write ${key}: { not: … }`,
        },
      ]
    }
    const bound = typeof expected === 'object' ? (['min', 'max'] as const).find((operator) => expected[operator] !== undefined) : undefined
    return bound === undefined
      ? []
      : [{ path: [key, bound], message: `expected not, one-of, matches or contains, found ${bound}: a ${key} has no order` }]
  })
}
