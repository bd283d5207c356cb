import { NotLearnable, NotUnderstood } from '../../lib/errors.js'
import { type Packet, type PcapFile, type PcapRecord, readPacket, readPcap, writePcap } from '../../lib/pcap/index.js'
import { pythonTool } from '../../lib/probe/python-tool.js'
import { oneByOne } from '../../lib/source.js'
import type { CommandOutput } from '../../model/fact.js'
import { readCanary } from './canary.js'
import { captureProgram } from './program.js'
import { complaintOf, readDropped, readTold, type Told, type ToldProblem } from './told.js'
import { type Capture, type CaptureArgs, most } from './value.js'

/** What the program is told. */
function orderOf({ interface: name, filter, forMs, lingerMs, count, snapLength }: CaptureArgs) {
  return { interface: name, filter, forMs, lingerMs, count, snapLength, mostPackets: most.packets, mostBytes: most.bytes }
}

/** Time for tcpdump to begin and to end, and for a canary to be seen both times. */
const overheadMs = 25_000

/** tcpdump(8), which reads filters as its user knows them and whose drops are counted; Python to send canaries. */
export const tcpdump = oneByOne<CaptureArgs, Capture>({
  name: 'tcpdump',
  command: (args) => ({
    tool: pythonTool,
    // `-E -s -S`: nothing of the host's own Python settings is loaded.
    args: ['-E', '-s', '-S', '-c', captureProgram, JSON.stringify(orderOf(args))],
    privileged: true,
    timeoutMs: args.forMs + overheadMs,
  }),
  parse: (output, args) => readCapture(output, args),
})

function readCapture({ stdout }: CommandOutput, args: CaptureArgs): Capture {
  const { told, pcap } = readTold(stdout)
  if ('problem' in told) throw notCaptured(told, args)
  if (!told.alive) throw new NotLearnable('not-understood', `tcpdump ended by itself${how(told)} while it listened on ${args.interface}`)
  const dropped = readDropped(told.said)
  if (dropped === null) throw new NotUnderstood('how many packets the kernel dropped, as tcpdump counts', told.said)
  const file = readPcap(pcap)
  const { first, records } = proven(file, told, args)
  return {
    tool: told.tool,
    ended: told.ended,
    listenedMs: told.listenedMs,
    dropped,
    packets: records.map((record) => packetOf(file, record, first, told.mac)),
    pcap: writePcap(file, records).toString('base64'),
  }
}

/** The packets between the canaries. @throws NotLearnable when one is missing: then an empty capture proves nothing. */
function proven(file: PcapFile, told: Told, args: CaptureArgs): { readonly first: PcapRecord; readonly records: readonly PcapRecord[] } {
  const marked = file.records.map((record) => ({ record, canary: readCanary(file.linkType, record) }))
  const find = (phase: string): number => marked.findIndex(({ canary }) => canary?.nonce === told.nonce && canary.phase === phase)
  const [begin, end] = [find('1'), find('2')]
  const first = marked[begin]?.record
  const isCut = told.ended === 'count' || told.ended === 'full'
  if (first === undefined || (end === -1 && !isCut)) {
    const when = first === undefined ? 'began' : 'ended'
    throw new NotLearnable(
      'not-understood',
      `the capture on ${args.interface} did not show its canary when it ${when}, so it proves nothing`,
    )
  }
  const between = marked.slice(begin, end === -1 ? undefined : end)
  return { first, records: between.flatMap(({ record, canary }) => (canary === null ? [record] : [])) }
}

function packetOf({ linkType }: PcapFile, { data, length, time }: PcapRecord, first: PcapRecord, mac: string | null): Packet {
  const packet = readPacket(linkType, data)
  const { sourceMac, direction } = packet
  const byMac = mac === null || /^[0:]+$/.test(mac) || sourceMac === null ? null : sourceMac === mac ? 'out' : 'in'
  const offsetMs = Math.round((time - first.time) * 1e6) / 1_000
  return { ...packet, offsetMs, length, direction: direction ?? byMac }
}

function how({ code, said }: Told): string {
  const words = complaintOf(said)
  return `${code < 0 ? ` (signal ${-code})` : ''}${words === '' ? '' : `: ${words}`}`
}

function notCaptured({ problem, detail }: ToldProblem, { interface: name, filter }: CaptureArgs): Error {
  const words = complaintOf(detail)
  switch (problem) {
    case 'tool-missing':
      return new NotLearnable('tool-missing', 'tcpdump is not there: install the package tcpdump')
    case 'permission':
      return new NotLearnable('permission', `capturing needs root: log in as root, or set \`become: sudo\` in the inventory (${words})`)
    case 'refused':
      return new NotLearnable(
        /permission|not permitted/i.test(words) ? 'permission' : 'not-understood',
        `tcpdump refuses interface ${name}${filter === null ? '' : ` with filter ${JSON.stringify(filter)}`}: ${words}`,
      )
    case 'died':
      return new NotLearnable('not-understood', `tcpdump ended before it listened on ${name}: ${words}`)
    case 'canary': {
      const why = words === '' ? 'the packet that was to prove it was not seen' : words
      return new NotLearnable(
        'not-understood',
        `the capture on ${name} could not be proven to listen: ${why}. Is the interface up (\`ip link show ${name}\`)?`,
      )
    }
  }
}
