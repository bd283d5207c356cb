import type { Resolver } from '../../model/inventory.js'
import type { Answer } from './answer.js'
import { type Server, showServer } from './resolver-words.js'

/** What one server, or the host's own programs, make of the question. */
export interface Sight {
  /** The entry of `resolvers` that it belongs to. */
  readonly entry: string
  /** `lookup`: the host's own programs, hosts file and nsswitch.conf included. */
  readonly role: 'lookup' | 'resolver' | 'authoritative'
  /** Who was asked; null for the host's own programs, and for a server without an address. */
  readonly server: Server | null
  /** What people call it: `kt`, `system`, `ns1.example.com`; null for a bare address. */
  readonly label: string | null
  /** What is known of it, where it has a name in the inventory or the catalogue. */
  readonly resolver: Resolver | null
  readonly answer: Answer
}

/** `kt (168.126.63.1)`, `10.0.0.53:5353`, `ns1.example.com (192.0.2.1)`, `system`: for sentences and tables. */
export function showSight({ server, label, entry }: Sight): string {
  if (server === null) return label ?? entry
  return label === null ? showServer(server) : `${label} (${showServer(server)})`
}

/** `168.126.63.1 (kt)`: for the subject of a finding, where the address comes first. */
export function placeOf({ server, label, entry, role }: Sight, host: string): string {
  const name = label ?? entry
  if (server === null) return role === 'lookup' ? `system (${host})` : name
  const words = [...(label === null ? [] : [label]), ...(role === 'authoritative' ? ['authoritative'] : [])]
  return words.length === 0 ? showServer(server) : `${showServer(server)} (${words.join(', ')})`
}
