import { judgeProcesses } from '../../lib/sockets/holder.js'
import type { SocketProcess } from '../../lib/sockets/process.js'
import { readDetail } from './details.js'
import { matcher } from './matcher.js'
import { type SocketTable, stateOf } from './table.js'
import { tally } from './tally.js'
import { TopList } from './top-list.js'
import type { DetailSummary, Measured, SocketDetail, SocketExample, SocketState, SocketSummary, SocketsArgs } from './value.js'

/** What a row has beside its numbers, read when it is asked for. */
export interface RowTexts {
  /** null: none was shown. */
  processes(row: number): readonly SocketProcess[] | null
  /** What `ss -i` prints under the socket; empty where it does not. */
  info(row: number): string
}

const mostExamples = 5
const mostExtremes = 5

/** What has left its process: the kernel alone keeps it (tcp_timewait_sock, request_sock). */
const withoutProcess: ReadonlySet<SocketState> = new Set(['time-wait', 'syn-recv'])

/** Adds up the connections that one request means. */
export function summarize(table: SocketTable, texts: RowTexts, args: SocketsArgs): SocketSummary {
  const wanted = matcher(table, args)
  const rows: number[] = []
  let hidden = 0
  for (let row = 0; row < table.length; row += 1) {
    if (!wanted(row)) continue
    if (args.process !== undefined) {
      const held = judgeProcesses({ processes: texts.processes(row) }, args.process, false)
      if (held === 'unknown' && !withoutProcess.has(stateOf(table.kinds[row] ?? 0))) hidden += 1
      if (held !== 'met') continue
    }
    rows.push(row)
  }
  const example = (row: number): SocketExample => exampleOf(table, texts, args, row)
  return {
    count: rows.length,
    hidden,
    states: tally(rows, table.kinds, 256).map(({ name, count }) => ({ name: stateOf(name), count })),
    peers: tally(rows, table.peers, table.addresses.length).map(({ name, count }) => ({ name: table.addresses[name] ?? '', count })),
    localPorts: tally(rows, table.localPorts, 65_536),
    peerPorts: tally(rows, table.peerPorts, 65_536),
    examples: rows.slice(0, mostExamples).map(example),
    details: (args.details ?? []).map((detail) => measure(rows, texts, detail, example)),
  }
}

function measure(rows: readonly number[], texts: RowTexts, name: SocketDetail, example: (row: number) => SocketExample): DetailSummary {
  const values: number[] = []
  const lowest = new TopList<{ row: number; value: number }>(mostExtremes, (a, b) => a.value - b.value)
  const highest = new TopList<{ row: number; value: number }>(mostExtremes, (a, b) => b.value - a.value)
  for (const row of rows) {
    const value = readDetail(texts.info(row), name)
    if (value === null) continue
    values.push(value)
    lowest.offer({ row, value })
    highest.offer({ row, value })
  }
  const show = ({ row, value }: { row: number; value: number }): Measured => ({ value, socket: example(row) })
  values.sort((a, b) => a - b)
  return {
    name,
    shown: values.length,
    hidden: rows.length - values.length,
    median: values[Math.floor((values.length - 1) / 2)] ?? null,
    lowest: lowest.items.map(show),
    highest: highest.items.map(show),
  }
}

function exampleOf(table: SocketTable, texts: RowTexts, { process }: SocketsArgs, row: number): SocketExample {
  const show = (id = 0, port = 0): string =>
    (table.ipv4[id] ?? -1) >= 0 ? `${table.addresses[id]}:${port}` : `[${table.addresses[id]}]:${port}`
  return {
    state: stateOf(table.kinds[row] ?? 0),
    local: show(table.locals[row], table.localPorts[row]),
    peer: show(table.peers[row], table.peerPorts[row]),
    process:
      process === undefined
        ? null
        : (texts
            .processes(row)
            ?.map(({ name }) => name)
            .join(', ') ?? null),
  }
}
