export type ListenersArgs = {
  /** Also who holds each socket; other users' processes are seen by root alone. */
  readonly processes: boolean
}
