import { canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { printableLine } from '../../lib/printable.js'
import { oneByOne } from '../../lib/source.js'
import type { CommandOutput, Source } from '../../model/fact.js'
import type { RecordRoute, RecordRouteArgs } from './value.js'

/** Enough to see whether all take one way. */
const count = 3
/** What everybody may choose; iputils lets only root go faster. */
const intervalS = 0.2

/** iputils' ping, which needs no privilege of the caller for this. It ends with 1 when nothing answers, with 2 when nothing was sent. */
export const pingSource: Source<RecordRouteArgs, RecordRoute> = oneByOne({
  name: 'ping -R',
  command: ({ host, source, timeoutMs }) => ({
    tool: ['ping'],
    args: [
      '-n',
      '-R',
      ...['-c', String(count), '-i', String(intervalS), '-W', String(Math.max(1, Math.ceil(timeoutMs / 1_000)))],
      ...(source === undefined ? [] : ['-I', source]),
      host,
    ],
    accept: [0, 1, 2],
    timeoutMs: timeoutMs + count * 1_000 + 5_000,
  }),
  parse: readPing,
})

/** More than three answers have. */
const most = { replies: 10, addresses: 9 }

function readPing({ exitCode, stdout, stderr }: CommandOutput): RecordRoute {
  if (!/^PING /m.test(stdout)) {
    if (exitCode === 2 && /^ping: /m.test(stderr)) return { routes: [], problem: printableLine(stderr) }
    throw new NotUnderstood('the answers of ping -R', stdout === '' ? stderr : stdout)
  }
  const routes: string[][] = []
  let open: string[] | null = null
  for (const line of stdout.split('\n')) {
    const repeated = routes.at(-1)
    if (/\(same route\)\s*$/.test(line) && repeated !== undefined) routes.push(repeated)
    const [, first, further] = /^(?:RR: ?\t(.*)|\t(\S+)\s*)$/.exec(line) ?? []
    if (first !== undefined) {
      open = []
      routes.push(open)
    } else if (further === undefined) {
      open = null
    }
    const text = first ?? further
    if (open !== null && text !== undefined) open.push(readAddress(text))
  }
  if (routes.length > most.replies || routes.some(({ length }) => length > most.addresses)) {
    throw new NotUnderstood('at most nine recorded addresses', stdout)
  }
  return { routes, problem: null }
}

function readAddress(text: string): string {
  const address = canonicalAddress(text.trim())
  if (address === null) throw new NotUnderstood('a recorded address', text)
  return address
}
