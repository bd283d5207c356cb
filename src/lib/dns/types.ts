/** Types of records that can be asked for (RFC 1035, 2782, 3596, 8659). */
export const dnsTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SRV', 'PTR', 'SOA', 'CAA'] as const
export type DnsType = (typeof dnsTypes)[number]
