import { NotUnderstood } from '../../lib/errors.js'
import { assemble, unsent } from './answers.js'
import type { Ping, PingAddress, PingArgs } from './value.js'

type ReadOne = (text: string, request: PingArgs, address: string | null) => PingAddress

const mostBytes = 1_000_000

/**
 * Reads what a tool wrote about many addresses: `#name`, then `=index address |text` lines and `=index address !exitcode`.
 * What was not understood of one address costs that address only.
 * @throws NotUnderstood when nothing of it is there.
 */
export function decodeTagged(stdout: string, requests: readonly PingArgs[], name: string, readOne: ReadOne): readonly Ping[] {
  const flavour = /^#(\S+)/m.exec(stdout)?.[1]
  if (flavour === undefined) throw new NotUnderstood(`the answers of ${name}`, stdout)
  const texts = requests.map(() => new Map<string, string[]>())
  for (const line of stdout.split('\n')) {
    const match = /^=(\d{1,6}) (\S{1,300}) (?:\|(.*)|!\d{1,10})\r?$/.exec(line)
    const [, index, address = '-', text = ''] = match ?? []
    const ofRequest = texts[Number(index)]
    if (ofRequest === undefined) continue
    const lines = ofRequest.get(address) ?? []
    ofRequest.set(address, lines)
    lines.push(text)
  }
  return requests.map((request, index) => {
    const answers = [...(texts[index] ?? [])].map(([address, lines]) =>
      understand(readOne, lines.join('\n').slice(0, mostBytes), request, address === '-' ? null : address),
    )
    return assemble(`${name} (${flavour})`, request, answers)
  })
}

function understand(readOne: ReadOne, text: string, request: PingArgs, address: string | null): PingAddress {
  try {
    return readOne(text, request, address)
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error
    return unsent(address, { kind: 'unsupported', detail: error.message })
  }
}
