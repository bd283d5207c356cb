import { connect, type Socket } from 'node:net'
import type { Control } from './settings.js'

/** OpenSSH's PROTOCOL.mux: what a client says to a master over its control socket. */
const hello = 0x00000001
const version = 4
const aliveCheck = 0x10000004
const terminate = 0x10000005
const isAlive = 0x80000005

/** Milliseconds a master may take to answer or to go. */
const patienceMs = 1_000

/** Whether a master listens at this path; asked without a process. */
export function masterListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    const settle = (listens: boolean): void => {
      socket.destroy()
      resolve(listens)
    }
    socket.setTimeout(patienceMs, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}

/** Whether the connection that a control socket belongs to stands; the user's own is looked for first where need be. */
export async function connectionStands(control: Control | null): Promise<boolean> {
  const path = control === null ? null : control.owner === 'netproof' ? control.path : await control.path()
  return path !== null && (await masterListens(path))
}

/** Ends the master at this path, as `ssh -O exit` does, but without a process; by force when it does not obey. Never rejects. */
export function endMaster(path: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(path)
    const answers = readPackets(socket)
    socket.setTimeout(patienceMs, () => {
      const pid = answers.find((packet) => packet.readUInt32BE(0) === isAlive)?.readUInt32BE(8)
      if (pid !== undefined) kill(pid)
      socket.destroy()
    })
    socket.once('connect', () => socket.write(Buffer.concat([packet(hello, version), packet(aliveCheck, 1), packet(terminate, 2)])))
    socket.on('error', () => undefined)
    // The master has gone when its end of the socket has.
    socket.once('close', () => resolve())
  })
}

function packet(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * (numbers.length + 1))
  bytes.writeUInt32BE(4 * numbers.length, 0)
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * (index + 1))
  return bytes
}

/** Packets as they come, without their length; the list grows while the socket lives. */
function readPackets(socket: Socket): readonly Buffer[] {
  const packets: Buffer[] = []
  let pending = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
      const end = 4 + pending.readUInt32BE(0)
      if (end >= 16) packets.push(pending.subarray(4, end))
      pending = pending.subarray(end)
    }
  })
  return packets
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended in the meantime.
  }
}
