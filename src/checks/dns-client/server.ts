import { canonicalAddress } from '../../lib/address.js'

/**
 * One spelling of `10.0.0.53`, `10.0.0.53:5353`, `[2001:db8::53]:5353` and `fe80::1%eth0`, as the fact has it: without the port where
 * that is 53. null for what is no server.
 */
export function readServer(raw: string): string | null {
  const [, host = raw, port = '53'] = /^\[([^\]]+)\](?::(\d+))?$/.exec(raw) ?? /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(raw) ?? []
  const address = canonicalAddress(host)
  if (address === null || Number(port) < 1 || Number(port) > 65_535) return null
  const zone = /^fe[89ab]/.test(address) ? (/%.+$/.exec(host)?.[0] ?? '') : ''
  if (Number(port) === 53) return address + zone
  return `${address.includes(':') ? `[${address}${zone}]` : address}:${Number(port)}`
}
