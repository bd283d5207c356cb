import { NotUnderstood } from '../errors.js'
import { processName, type SocketProcess, uniqueProcesses } from './process.js'

/**
 * `users:(("sshd",pid=7,fd=3),("systemd",pid=1,fd=9))`, before iproute2 4: `users:(("sshd",7,3))`.
 * Names are not escaped, so the end of an entry is told by what follows it.
 */
export function readUsers(text: string): { readonly processes: readonly SocketProcess[] | null; readonly rest: string } {
  const start = /^\s*users:\(/.exec(text)
  if (start === null) return { processes: null, rest: text }
  const entry = /\("(.{0,64}?)",(?:pid=)?(\d+),(?:fd=)?\d+\)(?:(,)(?=\(")|\)(?=\s|$))/sy
  const processes: SocketProcess[] = []
  entry.lastIndex = start[0].length
  for (;;) {
    const match = entry.exec(text)
    if (match === null) throw new NotUnderstood('the processes of a socket', text)
    processes.push({ name: processName(match[1] ?? ''), pid: Number(match[2]) })
    if (match[3] === undefined) return { processes: uniqueProcesses(processes), rest: text.slice(match[0].length + match.index) }
  }
}
