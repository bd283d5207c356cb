import { printable, printableLine } from '../../lib/printable.js'
import type { TransportErrorReason } from '../../model/transport.js'
import type { Destination } from './destination.js'
import { hostKeyMessage, refusedMessage } from './messages.js'

export interface SshFailure {
  readonly reason: TransportErrorReason
  readonly message: string
  /** The server or something before it dropped the connection during the handshake, as an overloaded sshd does: worth another try. */
  readonly dropped: boolean
}

interface Rule {
  readonly pattern: RegExp
  readonly reason: TransportErrorReason
  readonly dropped?: true
  say?(log: string, destination: Destination): string
}

/** OpenSSH's own words, which no locale translates; the first rule that matches anywhere in the log counts. */
const rules: readonly Rule[] = [
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed|REVOKED HOST KEY|Host key .* revoked/,
    reason: 'host-key',
    say: hostKeyMessage,
  },
  {
    pattern: /Permission denied \(|Too many authentication failures|No supported authentication methods|no authentication methods/i,
    reason: 'login-refused',
    say: refusedMessage,
  },
  { pattern: /ssh: Could not resolve hostname .*/, reason: 'unreachable' },
  { pattern: /ssh: connect to (host|address) .*/, reason: 'unreachable' },
  {
    pattern: /open failed: (?:connect failed: )?(.*)|stdio forwarding request failed: (.*)/i,
    reason: 'unreachable',
    say: (log, { target }) => `ssh: the jump host ${target} cannot connect on to the host: ${onward(log)}`,
  },
  {
    pattern: /Connection timed out during banner exchange/,
    reason: 'timeout',
    say: (_, { target }) => `ssh: ${target} takes the connection but says nothing: Connection timed out during banner exchange`,
  },
  { pattern: /.*(Connection to .* timed out|Timeout, server .* not responding).*/, reason: 'timeout' },
  { pattern: /.*(kex|ssh)_exchange_identification: .*/, reason: 'connection-lost', dropped: true },
  {
    pattern: /.*(Connection (closed|reset) by|Connection to .* closed by remote host|Connection reset by peer|Broken pipe).*/,
    reason: 'connection-lost',
    dropped: true,
  },
  {
    pattern:
      /.*(Bad configuration option|Bad owner or permissions|no matching .* found|unknown option|illegal option|too long for Unix domain socket).*/i,
    reason: 'transport',
  },
]

/**
 * Why ssh failed before the command began.
 * @param log what ssh wrote: its log, and for faults before that its standard error.
 */
export function classify(log: string, destination: Destination): SshFailure {
  const known = recognise(log, destination)
  if (known !== null) return known
  const line = lastLine(printable(log))
  const said = line === '' ? 'ended without a word before login' : line
  return { reason: 'transport', message: `${named(said)}; to see more: ssh -v ${destination.target}`, dropped: line === '' }
}

/** The same for words we know; null for others. */
export function recognise(log: string, destination: Destination): SshFailure | null {
  const text = printable(log)
  const rule = rules.find(({ pattern }) => pattern.test(text))
  if (rule === undefined) return null
  const message = rule.say?.(text, destination) ?? named(rule.pattern.exec(text)?.[0] ?? '')
  return { reason: rule.reason, message, dropped: rule.dropped === true }
}

/** The reason a jump host gave; the plainest of those in the log. */
function onward(log: string): string {
  const reason = /open failed: (?:connect failed: )?(.*)/i.exec(log)?.[1] ?? /request failed: (.*)/i.exec(log)?.[1] ?? ''
  return printableLine(reason)
}

/** What is no complaint: debugging, the note of a good login, and the sums at the end. */
const chatter = /^(debug\d:|Authenticated to |Transferred: |Bytes per second: )/

/** The last words of ssh about a connection that ended while a command ran. */
export function lastWords(log: string): string {
  return printableLine(lastLine(printable(log)))
}

function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '' && !chatter.test(line)).at(-1) ?? ''
}

/** `ssh: connect to 10.20.0.5 port 22: No route to host`. */
function named(line: string): string {
  const words = printableLine(line)
    .replace(/^ssh: /, '')
    .replace(/^connect to (host|address) /, 'connect to ')
    .replace(/^(kex|ssh)_exchange_identification: (read: )?/, 'before login: ')
  return `ssh: ${words}`
}
