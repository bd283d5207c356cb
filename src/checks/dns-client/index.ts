import { type DnsClient, dnsClient as dnsClientFact } from '../../facts/dns-client/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { judge } from './judge.js'
import { problems } from './problems.js'
import { type Spec, schema } from './schema.js'

type Needs = { readonly client: FactRequest<DnsClient> }

export const dnsClient: CheckKind<Spec, Needs> = {
  kind: 'dns-client',
  summary: 'the DNS servers, search list and options that programs of the host really use',
  schema,
  problems,
  needs: (_, { host }) => ({ client: request(dnsClientFact, host.name, {}) }),
  evaluate: (spec, { client }) => judge(spec, client),
}
