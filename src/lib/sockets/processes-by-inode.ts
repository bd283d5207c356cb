import { processName, type SocketProcess } from './process.js'

/** `process INODE PID NAME` lines, by inode. */
export function readProcesses(lines: readonly string[]): ReadonlyMap<string, readonly SocketProcess[]> {
  const byInode = new Map<string, SocketProcess[]>()
  for (const line of lines) {
    const [, inode, pid, name = ''] = /^process (\d+) (\d+) (.*)$/.exec(line) ?? []
    if (inode === undefined) continue
    const held = byInode.get(inode)
    const process = { name: processName(name), pid: Number(pid) }
    if (held === undefined) byInode.set(inode, [process])
    else held.push(process)
  }
  return byInode
}
