export type ProcessUnitsArgs = {
  /** Whose units are asked for; numbers of processes, at most some hundreds. */
  readonly pids: readonly number[]
}

/** What started a process and keeps it, as its control groups tell. */
export type ProcessUnit = {
  readonly pid: number
  /** `nginx.service`, `session-3.scope` (a login), `sshd (OpenRC)`; null when it belongs to none. */
  readonly unit: string | null
  /** `docker 0123456789ab`, `lxc web`, `kubernetes pod 5f1c…`; null when it runs in none that is known. */
  readonly container: string | null
}
