/** IANA, DNS RCODEs. Codes from 16 on come with EDNS alone; those of TSIG and TKEY are not among them. */
const rcodes: readonly (readonly [number, string])[] = [
  [0, 'NOERROR'],
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
  [6, 'YXDOMAIN'],
  [7, 'YXRRSET'],
  [8, 'NXRRSET'],
  [9, 'NOTAUTH'],
  [10, 'NOTZONE'],
  [11, 'DSOTYPENI'],
  [16, 'BADVERS'],
  [23, 'BADCOOKIE'],
]
const rcodeNames: ReadonlyMap<number, string> = new Map(rcodes)

/** `NXDOMAIN`; an unassigned code as `RCODE24`. */
export function rcodeName(code: number): string {
  return rcodeNames.get(code) ?? `RCODE${code}`
}

/** IANA, Extended DNS Error Codes (RFC 8914 section 4, and later ones), by their number. */
const extendedErrors = [
  'Other Error',
  'Unsupported DNSKEY Algorithm',
  'Unsupported DS Digest Type',
  'Stale Answer',
  'Forged Answer',
  'DNSSEC Indeterminate',
  'DNSSEC Bogus',
  'Signature Expired',
  'Signature Not Yet Valid',
  'DNSKEY Missing',
  'RRSIGs Missing',
  'No Zone Key Bit Set',
  'NSEC Missing',
  'Cached Error',
  'Not Ready',
  'Blocked',
  'Censored',
  'Filtered',
  'Prohibited',
  'Stale NXDOMAIN Answer',
  'Not Authoritative',
  'Not Supported',
  'No Reachable Authority',
  'Network Error',
  'Invalid Data',
  'Signature Expired before Valid',
  'Too Early',
  'Unsupported NSEC3 Iterations Value',
  'Unable to conform to policy',
  'Synthesized',
]

/** `15 Blocked: by court order`; without extra text `15 Blocked`. */
export function extendedErrorText(code: number, extra: string): string {
  const name = extendedErrors[code]
  return `${code}${name === undefined ? '' : ` ${name}`}${extra === '' ? '' : `: ${extra}`}`
}
