import { readFileSync } from 'node:fs'
import type { Lab } from '../lab/index.js'

/** A process on a host of a lab. */
export interface HostProcess {
  readonly pid: number
  /** The words of its command line, joined by spaces. */
  readonly line: string
}

/** What runs in a host's network namespace. */
export async function processesOn(lab: Lab, host: string): Promise<readonly HostProcess[]> {
  const { stdout } = await lab.exec(host, ['ip', 'netns', 'pids', lab.ns(host)])
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const pid = Number(line)
      const command = commandLine(pid)
      return command === null ? [] : [{ pid, line: command }]
    })
}

/** null when it has gone. Kernel threads and the dead have no command line. */
function commandLine(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null
  } catch {
    return null
  }
}

/** sshd's process of one login; since OpenSSH 9.8 a program of its own. */
export const isLogin = ({ line }: HostProcess): boolean => /^sshd(-session)?: \w+(@| \[)/.test(line)

/** What a visit leaves to run on a host: its shell and whatever that started. */
export const isOfVisit = ({ line }: HostProcess): boolean =>
  /^(\/bin\/)?sh -s$|^sleep \d|^python3? |^perl /.test(line) && !/services\.pl/.test(line)
