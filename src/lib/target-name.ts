import { domainToASCII } from 'node:url'
import { canonicalAddress } from './address.js'

/** Whether a probe can be given `text` as an address: nothing in it would break out of a line of its input. */
export const isAddressLiteral = (text: string): boolean => canonicalAddress(text) !== null && !/[^A-Za-z0-9_.:%-]/.test(text)

/** A host name in ASCII (RFC 5890 for others); null for what is none, such as `10.1` or `-x`. */
export function hostNameOf(text: string): string | null {
  const isAscii = /^[\x21-\x7e]+$/.test(text)
  const name = isAscii ? text : domainToASCII(text)
  const isName = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?$/.test(name)
  return isName && !/^[\d.]+$/.test(name) ? name : null
}

/** Linux: at most 15 characters, neither `/` nor white space (net/core/dev.c `dev_valid_name`); fewer are used in practice. */
export const isInterfaceName = (text: string): boolean => /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,14}$/.test(text) && !/^[\d.]+$/.test(text)
