const groups = new Set<number>()
let watching = false

/**
 * Kills a process and its group also when we are ended before we could end it in order, as by a second Ctrl-C.
 * @returns forgets it: to be called once it has ended, as its number may be another's then.
 */
export function killAtExit(pid: number | undefined): () => void {
  if (pid === undefined) return () => undefined
  // One listener for all: there may be thousands of processes.
  if (!watching) process.once('exit', () => groups.forEach(killGroup))
  watching = true
  groups.add(pid)
  return () => void groups.delete(pid)
}

/** @param pid of the leader of a group. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group has gone already.
  }
}
