import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Lab } from '../../lab/index.js'

export interface Probe {
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly from: string
  readonly sport: number
  readonly to: string
  readonly port: number
  /** Of the server: where it arrives. */
  readonly interface: 'eth0' | 'eth1'
}

const ways = [
  { from: '10.9.0.2', to: '10.9.0.1', interface: 'eth0' },
  { from: '10.9.0.66', to: '10.9.0.1', interface: 'eth0' },
  { from: '10.9.1.2', to: '10.9.0.1', interface: 'eth0' },
  { from: '10.9.5.2', to: '10.9.5.1', interface: 'eth1' },
  { from: 'fd09::2', to: 'fd09::1', interface: 'eth0' },
  { from: 'fd09::42', to: 'fd09::1', interface: 'eth0' },
  { from: 'fd09:1::2', to: 'fd09::1', interface: 'eth0' },
  { from: 'fd09:5::2', to: 'fd09:5::1', interface: 'eth1' },
] as const

const services = [
  { protocol: 'tcp', port: 22 },
  { protocol: 'tcp', port: 80 },
  { protocol: 'tcp', port: 443 },
  { protocol: 'tcp', port: 8080 },
  { protocol: 'udp', port: 53 },
  { protocol: 'udp', port: 99 },
  { protocol: 'icmp', port: 0 },
] as const

let next = 10_000

/** One probe of each kind, each with a source port of its own, so that none belongs to a connection that is known already. */
export function allProbes(): readonly Probe[] {
  return ways.flatMap((way) =>
    services.map((service) => {
      next = next >= 32_000 ? 10_000 : next + 1
      return { ...way, ...service, sport: next }
    }),
  )
}

/** A process on the client that sends probes, for the length of a test. */
export class Prober {
  readonly #process: ChildProcess
  readonly #lines: AsyncIterator<string>
  readonly #reader: Interface

  constructor(lab: Lab) {
    this.#process = lab.spawn('client', ['python3', join(import.meta.dirname, 'prober.py')], { stdio: ['pipe', 'pipe', 'inherit'] })
    if (this.#process.stdout === null) throw new Error('the prober has no output')
    this.#reader = createInterface({ input: this.#process.stdout })
    this.#lines = this.#reader[Symbol.asyncIterator]()
  }

  /** What became of each: accept, reject, drop. A packet that no answer came to for `wait` seconds was dropped. */
  async send(probes: readonly Probe[], wait: number): Promise<readonly string[]> {
    this.#process.stdin?.write(`${JSON.stringify({ probes, wait })}\n`)
    const { value } = await this.#lines.next()
    return JSON.parse(value) as string[]
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('close', resolve))
    this.#process.stdin?.end()
    await ended
  }
}
