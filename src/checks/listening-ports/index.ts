import { type Listener, listeners } from '../../facts/listeners/index.js'
import { type User, users } from '../../facts/users/index.js'
import { request } from '../../lib/fact-key.js'
import { namedUsers } from '../../lib/sockets/owner.js'
import type { CheckContext, CheckKind, FactsOf } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { allEntries, readEntries } from './entry.js'
import { findings } from './findings.js'
import { type Judged, judge } from './judge.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'
import { whoHolds, wishes } from './who.js'
import { manyWords, showEntry } from './words.js'

type Needs = {
  readonly listeners: FactRequest<readonly Listener[]>
  /** None when no user is expected. */
  readonly users: readonly FactRequest<readonly User[]>[]
}

export const listeningPorts: CheckKind<Spec, Needs> = {
  kind: 'listening-ports',
  summary: 'the host listens on exactly these ports, or on no others',
  schema,
  problems,
  needs: (spec, { host }) => {
    const entries = allEntries(spec)
    const named = entries.flatMap(({ user }) => (user === undefined ? [] : namedUsers(user).map(String)))
    return {
      listeners: request(listeners, host.name, { processes: entries.some(({ process }) => process !== undefined) }),
      users: named.length === 0 ? [] : [request(users, host.name, { lookUp: [...new Set(named)].sort() })],
    }
  },
  further: (spec, facts, context, learnt) => wishes(questionable(compare(spec, facts, context)), context.host.name, learnt),
  evaluate: (spec, facts, context, learnt) => {
    const judged = compare(spec, facts, context)
    const { host } = context
    return findings({ spec, host, whoHolds: whoHolds(questionable(judged), host.name, learnt) }, expectedOf(spec), judged)
  },
}

function compare(spec: Spec, facts: FactsOf<Needs>, { host }: CheckContext): Judged {
  const partial = host.become === 'none' && host.ssh.user !== 'root' && facts.listeners.some(({ processes }) => processes === null)
  return judge(spec, facts.listeners, facts.users.flat(), partial)
}

const questionable = ({ seen }: Judged): readonly Listener[] => seen.filter(({ fault }) => fault !== null).map(({ listener }) => listener)

/** `exactly 22/tcp, 443/tcp`, `at most 22/tcp`, `nothing listening`. */
function expectedOf(spec: Spec): string {
  const entries = readEntries(spec.exactly ?? spec['at-most'], spec.protocol)
  if (entries.length === 0) return 'nothing listening'
  return `${spec.exactly === undefined ? 'at most' : 'exactly'} ${manyWords(entries.map(showEntry))}`
}
