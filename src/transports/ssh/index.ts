import type { TransportKind } from '../../model/transport.js'
import { createConnection } from './connection.js'
import { createPool } from './pool.js'

/** The system's OpenSSH with the user's own configuration; one connection a host for a whole run. */
export const sshTransport: TransportKind = {
  name: 'ssh',
  summary: "the system's OpenSSH, with your own configuration, keys and jump hosts",
  create: (context) => {
    const pool = createPool(context)
    return { open: (host) => createConnection(host, pool) }
  },
}
