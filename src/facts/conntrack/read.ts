import { NotUnderstood } from '../../lib/errors.js'
import { readSections } from '../../lib/marked-sections.js'
import type { CommandOutput } from '../../model/fact.js'
import { type Conntrack, type ConntrackCounter, conntrackCounterNames } from './value.js'

/** What each processor has counted, by the kernel's names (`search_restart`). */
type Rows = readonly ReadonlyMap<string, number>[]

interface Reading {
  readonly entries: number | null
  readonly maximum: number | null
  readonly rows: Rows
}

/** @throws NotUnderstood */
export function readConntrack({ stdout, again }: CommandOutput, readRows: (text: string) => Rows): Conntrack {
  const first = readOnce(stdout, readRows)
  const second = again === undefined ? null : readOnce(again.stdout, readRows)
  const latest = second ?? first
  return {
    entries: latest.entries,
    maximum: latest.maximum,
    counters: conntrackCounterNames.flatMap((name): ConntrackCounter[] => {
      const key = name.replace('-', '_')
      if (!latest.rows.every((row) => row.has(key))) return []
      const total = latest.rows.reduce((sum, row) => sum + (row.get(key) ?? 0), 0)
      return [{ name, total, growth: second === null ? null : growthOf(first.rows, second.rows, key) }]
    }),
    afterMs: again?.afterMs ?? null,
  }
}

/** A processor that counts less than before has run over 32 bits, or the module was loaded anew: nothing is known then. */
function growthOf(before: Rows, after: Rows, key: string): number | null {
  if (before.length !== after.length) return null
  const growth = after.map((row, processor) => (row.get(key) ?? Number.NaN) - (before[processor]?.get(key) ?? Number.NaN))
  return growth.every((amount) => amount >= 0) ? growth.reduce((sum, amount) => sum + amount, 0) : null
}

function readOnce(stdout: string, readRows: (text: string) => Rows): Reading {
  const found = readSections(stdout, ['count', 'max', 'stat'], 'the files of nf_conntrack')
  const rows = readRows(found.get('stat') ?? '')
  if (rows.length === 0) throw new NotUnderstood('a row of counters for each processor', stdout)
  return { entries: readNumber(found.get('count')), maximum: readNumber(found.get('max')), rows }
}

function readNumber(text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,10}\s*$/.test(text)) throw new NotUnderstood('a number of nf_conntrack', text)
  return Number(text)
}

/**
 * /proc/net/stat/nf_conntrack: a header that names the columns, which differ by kernel, then a row of hexadecimal numbers for each
 * processor (`ct_cpu_seq_show` in net/netfilter/nf_conntrack_standalone.c).
 */
export function readStat(text: string): Rows {
  const [header = '', ...lines] = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const names = header.split(/\s+/)
  if (names[0] !== 'entries') throw new NotUnderstood('the header of /proc/net/stat/nf_conntrack', header)
  return lines.map((line) => {
    const values = line.split(/\s+/)
    if (values.length !== names.length || !values.every((value) => /^[0-9a-f]{8,16}$/i.test(value)))
      throw new NotUnderstood('a row of /proc/net/stat/nf_conntrack', line)
    return new Map(names.map((name, index) => [name, Number.parseInt(values[index] ?? '', 16)]))
  })
}

/** `conntrack -S` (conntrack-tools 1.0 and newer): `cpu=0 found=2 invalid=1 …` for each processor, decimal. */
export function readTool(text: string): Rows {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  return lines.map((line) => {
    const fields = line.split(/\s+/).map((field) => /^([a-z_]+)=(\d{1,20})$/.exec(field))
    if (!/^cpu=\d/.test(line) || fields.includes(null)) throw new NotUnderstood('a line of conntrack -S', line)
    return new Map(fields.flatMap((field): [string, number][] => (field === null ? [] : [[field[1] ?? '', Number(field[2])]])))
  })
}
