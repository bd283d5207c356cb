import { TransportError } from '../../lib/errors.js'
import type { Host, SshSettings } from '../../model/inventory.js'

/** Where an `ssh` goes, and what its command line says of it. */
export interface Destination {
  /** The host's name in the inventory. */
  readonly name: string
  /** What ssh is given: an address, a host name or an alias of the user's configuration. */
  readonly target: string
  /** The user's own words for ssh, before ours: the first value of an option wins. */
  readonly words: readonly string[]
  /** For messages: the user and the key file asked for, if any. */
  readonly user: string | null
  readonly identityFile: string | null
  readonly port: number | null
}

/** What OpenSSH 9.6 refuses in host names and users given on its command line, because a ProxyCommand may hold them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const dangerous = /[\s'"`$\\;&<>|(){}\u0000-\u001f\u007f]/

/** @throws TransportError for an address or user that could be read as an option or by a shell. */
export function destinationOf(host: Host): Destination {
  const ssh: SshSettings & { readonly alias?: string } = host.ssh
  const target = ssh.alias ?? host.address
  if (target === '' || target.startsWith('-') || dangerous.test(target)) throw refused(host.name, 'address', target)
  if (ssh.user !== undefined && (ssh.user === '' || ssh.user.startsWith('-') || dangerous.test(ssh.user.replace('\\', '')))) {
    throw refused(host.name, 'user', ssh.user)
  }
  return {
    name: host.name,
    target,
    words: [
      ...(ssh.args ?? []),
      ...(ssh.user === undefined ? [] : ['-l', ssh.user]),
      ...(ssh.port === undefined ? [] : ['-p', String(ssh.port)]),
      ...(ssh.identityFile === undefined ? [] : ['-i', ssh.identityFile, '-o', 'IdentitiesOnly=yes']),
    ],
    user: ssh.user ?? null,
    identityFile: ssh.identityFile ?? null,
    port: ssh.port ?? null,
  }
}

function refused(name: string, what: string, value: string): TransportError {
  return new TransportError(
    'transport',
    `${name}: ssh is not given the ${what} ${JSON.stringify(value.slice(0, 60))}: it holds characters that a shell or ssh could take for more than a name`,
  )
}
