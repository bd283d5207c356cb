import { printableLine } from '../../lib/printable.js'
import type { Destination } from './destination.js'

/** @param log ssh's messages about a host key that it did not accept. */
export function hostKeyMessage(log: string, destination: Destination): string {
  const changed = /Host key for (\S+) has changed/.exec(log)?.[1]
  if (changed === undefined) return unknownKey(log, destination)
  const sent = /fingerprint for the (\S+) key sent by the remote host is\s+(\S+?)\.?(?=\s)/.exec(log)
  const place = /Offending (?:\S+ )?key in (\S+):(\d+)/.exec(log)
  const known = place === null ? '' : `, not the key in ${place[1]} line ${place[2]}`
  const file = place === null ? '' : `-f ${place[1]} `
  return printableLine(
    `ssh: the host key of ${changed} has changed: it sent ${sent?.[1] ?? 'a key'} ${sent?.[2] ?? ''}${known}. ` +
      `If the host was set up anew: ssh-keygen ${file}-R '${changed}', then log in once by hand. If not, find out who answers there`,
    600,
  )
}

function unknownKey(log: string, destination: Destination): string {
  if (/revoked/i.test(log)) return printableLine(`ssh: the host key of ${destination.target} is revoked: find out who answers there`)
  const port = destination.port === null ? '' : `-p ${destination.port} `
  return printableLine(
    `ssh: the host key of ${destination.target} is not in known_hosts. Compare its fingerprint (ssh-keyscan ${port}${destination.target} | ssh-keygen -lf -) ` +
      `with the host's own, then log in once by hand: ssh ${port}${destination.target}`,
    600,
  )
}

/** @param log ssh's messages about a login that the server refused. */
export function refusedMessage(log: string, destination: Destination): string {
  const refused = /(\S+): Permission denied \(([^)]*)\)/.exec(log)
  const who = refused?.[1] ?? `${destination.user === null ? '' : `${destination.user}@`}${destination.target}`
  const tried = destination.identityFile === null ? 'the keys of the agent and of ~/.ssh' : `the key ${destination.identityFile}`
  if (/Too many authentication failures/.test(log)) {
    return printableLine(`ssh: ${who} refused the login after too many keys; name the right one as identityFile (tried: ${tried})`, 600)
  }
  const methods = refused?.[2] === undefined ? '' : `; it takes ${refused[2]}`
  return printableLine(
    `ssh: ${who}: login refused with ${tried}${methods}. netproof types no passwords: check the user, and authorized_keys on the host`,
    600,
  )
}
