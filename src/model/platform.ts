/** The systems a source can be written for. The values are those of Node's `process.platform`, except `windows`. */
export const platforms = ['linux', 'darwin', 'freebsd', 'windows'] as const
export type Platform = (typeof platforms)[number]
