/** Seconds for which a connection of ours outlives its last session: also what is left of it when we are killed. */
const persistSeconds = 30

/** `-o` for each setting. */
export const options = (...settings: readonly string[]): readonly string[] => settings.flatMap((setting) => ['-o', setting])

/** A connection that is shared through the socket at `path`, made if it is not there. */
export const sharing = (path: string): readonly string[] => [
  ...options('ControlMaster=auto', `ControlPersist=${persistSeconds}`),
  '-S',
  // ssh expands % in the path.
  path.replaceAll('%', '%%'),
]

/** Ends a connection attempt in time, and notices within 15 s that a connection is dead. */
export const keepAlive = (connectTimeoutMs: number): readonly string[] =>
  options(
    'ClearAllForwardings=yes',
    `ConnectTimeout=${Math.max(1, Math.floor(connectTimeoutMs / 1_000))}`,
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
  )
