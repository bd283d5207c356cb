import { printableLine } from '../printable.js'

/** Why an echo request did not leave the host that was to send it. */
export type SendFailure = {
  readonly kind: 'name-error' | 'source-error' | 'no-route' | 'local-policy' | 'too-big' | 'not-permitted' | 'unsupported'
  /** Safe to print. */
  readonly detail: string
}

/** At which step a probe was stopped. */
export type Stage = 'name' | 'socket' | 'source' | 'route' | 'send' | 'unasked'

/** What the kernel says before a packet leaves: the routing table's or a policy's own word (ip-route(8)). */
const kernel: Readonly<Record<string, SendFailure['kind']>> = {
  ENETUNREACH: 'no-route',
  EHOSTUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  EACCES: 'local-policy', // `prohibit` routes, security modules; broadcast addresses
  EPERM: 'local-policy', // a firewall or a BPF program
  EINVAL: 'local-policy', // `blackhole` routes; a link-local address without its interface
  EMSGSIZE: 'too-big',
  EADDRNOTAVAIL: 'source-error',
}

const stages: Readonly<Record<Stage, (errno: string) => SendFailure['kind']>> = {
  name: () => 'name-error',
  // Before Linux 5.7 only root may choose an interface.
  source: (errno) => (errno === 'EPERM' ? 'not-permitted' : 'source-error'),
  socket: (errno) => (errno === 'EAFNOSUPPORT' ? 'no-route' : 'unsupported'),
  route: (errno) => kernel[errno] ?? 'unsupported',
  send: (errno) => kernel[errno] ?? 'unsupported',
  unasked: () => 'unsupported',
}

/** @param errno as in errno(3), or empty. */
export function sendFailure(stage: Stage, errno: string, text: string): SendFailure {
  const words = printableLine(text)
  return { kind: stages[stage](errno), detail: errno === '' ? words : words === '' ? errno : `${words} (${errno})` }
}

export const isStage = (word: unknown): word is Stage => typeof word === 'string' && Object.hasOwn(stages, word)
