declare const NETPROOF_VERSION: string | undefined

/** Put in by the build from package.json. */
export const version: string = typeof NETPROOF_VERSION === 'undefined' ? '0.0.0-source' : NETPROOF_VERSION
