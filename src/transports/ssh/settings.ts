/** Whose control socket a connection is reached by: ours, or one that the user's configuration names. */
export type Control = OwnControl | UserControl

export interface OwnControl {
  readonly owner: 'netproof'
  readonly path: string
}

export interface UserControl {
  readonly owner: 'user'
  /** null as long as nobody had to know it. */
  readonly known: string | null
  /** Asks `ssh -G` where it is not known; null when ssh does not say. */
  path(): Promise<string | null>
}

/** What `ssh -G` says of one host. */
export interface Settings {
  readonly control: Control | null
  readonly proxy: string | null
  readonly jumpHost: string | null
}

/** @param text what `ssh -G` prints: a key in small letters and its value, a line each; what is not set or `none` has no line. */
export function readSettings(text: string, words: readonly string[], own: OwnControl): Settings {
  const value = (key: string): string | null => new RegExp(`^${key} (.+)$`, 'm').exec(text)?.[1]?.trim() ?? null
  const path = value('controlpath')
  const ruledOut = words.some((word) => /^-S|controlpath/i.test(word))
  const jumpHost = value('proxyjump')
  return {
    control: path !== null && path !== 'none' ? { owner: 'user', known: path, path: async () => path } : ruledOut ? null : own,
    proxy: jumpHost ?? value('proxycommand'),
    jumpHost,
  }
}
