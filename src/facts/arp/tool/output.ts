import { NotUnderstood } from '../../../lib/errors.js'
import { canonicalMac } from '../../../lib/mac.js'
import { printableLine } from '../../../lib/printable.js'
import { distinct, unaskable, unasked } from '../protocol.js'
import type { Arp, ArpArgs } from '../value.js'

/** `Unicast reply from 10.0.0.2 [02:00:00:00:00:02] 0.5ms` of iputils and BusyBox, whose MACs may be in capitals. */
const reply = /^(?:Unicast|Broadcast) (?:reply|request) from ([\d.]+) \[([\dA-Fa-f:]+)\]/
/** `42 bytes from 02:00:00:00:00:02 (10.0.0.2): index=0 time=23.776 usec` of Habets'. */
const habetsReply = /^\d+ bytes from ([\dA-Fa-f:]+) \(([\d.]+)\): index=/
const sent = /^(?:Sent (\d{1,6}) probe|(\d{1,6}) packets transmitted)/

/**
 * Reads what `toolProgram` wrote.
 * @throws NotUnderstood when it did not write this, or when arping answered in other words than those known.
 */
export function readArping(stdout: string, requests: readonly ArpArgs[]): readonly Arp[] {
  if (!/^#(?:iputils|BusyBox|Habets)$/m.test(stdout)) throw new NotUnderstood('the answers of arping', stdout)
  const byIndex = new Map<string, string[]>()
  for (const line of stdout.split('\n')) {
    const [, index = '', text = ''] = /^=(\d{1,7}) ([|!].*)$/.exec(line) ?? []
    const lines = byIndex.get(index)
    if (lines === undefined) byIndex.set(index, [text])
    else lines.push(text)
  }
  return requests.map((request, index) => {
    const problem = unaskable(request)
    return problem === null ? readOne(byIndex.get(String(index)) ?? [], request) : unasked(request.interface, problem)
  })
}

function readOne(lines: readonly string[], { address, interface: name }: ArpArgs): Arp {
  const problem = lines.find((line) => line.startsWith('!'))
  if (problem !== undefined) return unasked(name, printableLine(problem.slice(1)))
  const said = lines.map((line) => line.slice(1)).filter((line) => line.trim() !== '')
  const asked = said.map((line) => sent.exec(line)).reduce((sum, match) => sum + Number(match?.[1] ?? match?.[2] ?? 0), 0)
  if (asked === 0 || name === null) {
    const words = said.find((line) => !line.startsWith('ARPING ')) ?? 'arping ended without a word'
    return unasked(name, printableLine(words))
  }
  const macs = said.flatMap((line) => readReply(line, address))
  return { interface: name, asked, answers: distinct(macs), problem: null }
}

function readReply(line: string, address: string): readonly string[] {
  const [, from, mac] = reply.exec(line) ?? []
  const [, habetsMac, habetsFrom] = habetsReply.exec(line) ?? []
  const sender = from ?? habetsFrom
  if (sender === undefined) {
    if (/\b(?:reply|request|bytes) from\b/.test(line)) throw new NotUnderstood('a reply as arping shows it', line)
    return []
  }
  if (sender !== address) return []
  const canonical = canonicalMac(mac ?? habetsMac ?? '')
  if (canonical === null) throw new NotUnderstood('the MAC of a reply', line)
  return [canonical]
}
