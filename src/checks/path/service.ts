import type { TcpStatus } from '../../facts/tcp-connect/index.js'
import { describeEnd } from './ends.js'
import { flowsOf, type Judgement, type Sight, targetName } from './sight.js'
import type { Way } from './way.js'

type Service = 'open' | 'closed' | 'neither' | 'unknown'

/** What the port of the target answers, on every flow. */
export function judgeService(sight: Sight): readonly Judgement[] {
  const { service: expected } = sight.spec
  if (expected === undefined) return []
  const flows = flowsOf(sight.ways)
  const answers = flows.map((way) => serviceOf(sight, way))
  const wrong = answers.find((answer) => answer !== expected && answer !== 'unknown')
  const verdict = wrong !== undefined ? 'fail' : answers.length > 0 && answers.every((answer) => answer === expected) ? 'pass' : 'error'
  const telling = flows.find((way) => (verdict === 'fail' ? serviceOf(sight, way) === wrong : serviceOf(sight, way) === 'unknown'))
  const seen = [...new Set(answers)].map((answer) => (answer === 'neither' ? 'no answer of the service' : answer))
  return [
    {
      key: 'service',
      verdict,
      expected,
      actual: seen.join(' and ').replace('unknown', 'not known'),
      message:
        telling === undefined || verdict === 'pass' ? '' : explain(sight, telling, seen.length > 1 ? 'unlike' : serviceOf(sight, telling)),
    },
  ]
}

function serviceOf(sight: Sight, { outcome }: Way): Service {
  switch (outcome.kind) {
    case 'reached':
      return outcome.hop.answer === 'open' || outcome.hop.answer === 'closed' ? outcome.hop.answer : 'neither'
    case 'stopped':
    case 'loop':
      return 'neither'
    case 'silent':
    case 'unfinished':
      return connectService(sight)
  }
}

const proven: Readonly<Record<TcpStatus, Service>> = {
  open: 'open',
  'open-then-reset': 'neither',
  refused: 'closed',
  rejected: 'neither',
  'no-route': 'neither',
  'host-unreachable': 'neither',
  timeout: 'neither',
  'local-policy': 'unknown',
  'source-error': 'unknown',
  'name-error': 'unknown',
  unsupported: 'unknown',
}

/** Where the trace is silent, what a connection came to; not confirmed silence leaves it open. */
function connectService({ connect }: Sight): Service {
  const result = connect !== null && 'value' in connect ? connect.value.addresses[0] : undefined
  const services = new Set(result?.possible.map((status) => proven[status]))
  const [only = 'unknown'] = services
  return services.size === 1 ? only : 'unknown'
}

function explain(sight: Sight, way: Way, answer: Service | 'unlike'): string {
  const name = targetName(sight)
  const { port } = sight.target
  switch (answer) {
    case 'open':
      return `Something on ${name} accepts connections on port ${port}. Look at \`ss -ltnp\` there.`
    case 'closed':
      return `The host answers with a RST: nothing listens on port ${port} of this address, or a REJECT with tcp-reset stands in front. Look at \`ss -ltn\` on ${name}.`
    case 'unlike':
      return `The flows are answered differently: a load balancer with unlike back ends, or a device that answers for ${name} on one of the paths.`
    case 'neither':
    case 'unknown':
      return `The service was not heard: ${describeEnd(sight, way)}.`
  }
}
