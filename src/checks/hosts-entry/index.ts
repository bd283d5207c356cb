import { type DnsClient, dnsClient } from '../../facts/dns-client/index.js'
import type { DnsQuery } from '../../facts/dns-query/index.js'
import { type HostsFile, hostsFile } from '../../facts/hosts-file/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckContext, CheckKind, Finding } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { compareWithDns } from './compare.js'
import { nameInDns, queryFor, type Server, serversToAsk, typesOf } from './in-dns.js'
import { judgeFile } from './judge.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'

type Needs = {
  readonly file: FactRequest<HostsFile>
  /** Only where DNS is compared. */
  readonly client: readonly FactRequest<DnsClient>[]
}

export const hostsEntry: CheckKind<Spec, Needs> = {
  kind: 'hosts-entry',
  summary: 'a name is pinned in the hosts file or is not, and does not contradict DNS',
  schema,
  problems,
  needs: (spec, { host }) => ({
    file: request(hostsFile, host.name, { name: spec.name.toLowerCase() }),
    client: spec['matches-dns'] === true ? [request(dnsClient, host.name, {})] : [],
  }),
  further: (spec, { file, client }, context) => questions(spec, file, client[0], context).map(({ query }) => query),
  evaluate: (spec, { file, client }, context, learnt) => {
    const subject = `hosts-entry ${spec.name}`
    const asked = questions(spec, file, client[0], context).map((question) =>
      compareWithDns(subject, file, { ...question, outcome: learnt.of(question.query) }),
    )
    return [...judgeFile(spec, subject, file), ...obstacle(subject, file, client[0]), ...asked]
  },
}

interface Question {
  readonly server: Server
  readonly name: string
  readonly type: 'A' | 'AAAA'
  readonly query: FactRequest<DnsQuery>
}

function questions(spec: Spec, file: HostsFile, client: DnsClient | undefined, context: CheckContext): readonly Question[] {
  if (client === undefined) return []
  const servers = serversToAsk(client)
  const name = nameInDns(spec.name, file, client)
  if ('error' in servers || name === null) return []
  return servers.flatMap((server) => typesOf(file).map((type) => ({ server, name, type, query: queryFor(context, server, name, type) })))
}

/** Why DNS cannot be asked, where it should be. */
function obstacle(subject: string, file: HostsFile, client: DnsClient | undefined): readonly Finding[] {
  if (client === undefined || file.entries.length === 0) return []
  const servers = serversToAsk(client)
  if (!('error' in servers)) return []
  return [
    {
      subject: `${subject}: DNS`,
      verdict: 'error',
      expected: 'the same addresses in DNS',
      actual: 'not known',
      message: `${servers.error.charAt(0).toUpperCase()}${servers.error.slice(1)}: a dns-record check can name the servers.`,
    },
  ]
}
