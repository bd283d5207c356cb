/** A process that holds a socket. */
export type SocketProcess = {
  /** The kernel's name for it (`comm`, proc(5)): at most 15 bytes, settable by the process itself. White space is one space. */
  readonly name: string
  readonly pid: number
}

/** One spelling of a process's name, whatever it put into it. */
export const processName = (comm: string): string => comm.replace(/\s+/g, ' ').trim()

/** Each process once, however many descriptors it has for the socket. */
export function uniqueProcesses(processes: readonly SocketProcess[]): readonly SocketProcess[] {
  if (processes.length < 2) return processes
  return [...new Map(processes.map((process) => [process.pid, process])).values()].sort((a, b) => a.pid - b.pid)
}
