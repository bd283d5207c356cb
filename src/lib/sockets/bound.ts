/** Whether a socket that is bound to it takes traffic to every address of a family. */
export const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::'

/** Whether it takes traffic of the host itself alone (RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export const isLoopback = (address: string): boolean => address === '::1' || /^127(\.\d+){3}$/.test(address)
