import { NotUnderstood } from '../../lib/errors.js'
import { type CounterName, counterNames } from './value.js'

/** One reading: of every interface its index, where it is shown, and its counters. */
export type Readings = ReadonlyMap<string, { readonly index: string | null; readonly counters: ReadonlyMap<CounterName, bigint> }>

/** Every counter of every interface, one `file value` a line. No program is started for any of them. */
export const sysScript = `
cd /sys/class/net || exit
for name in *; do
  [ -d "$name/statistics" ] || continue
  printf 'link %s\\n' "$name"
  for file in "$name"/ifindex "$name"/carrier_changes "$name"/statistics/*; do
    { read -r value <"$file"; } 2>/dev/null && printf '%s %s\\n' "\${file##*/}" "$value"
  done
done
echo end`

/** @throws NotUnderstood */
export function readSys(stdout: string): Readings {
  const lines = stdout.trimEnd().split('\n')
  if (lines.pop() !== 'end') throw new NotUnderstood('the counters of /sys/class/net', stdout)
  const readings = new Map<string, { index: string | null; counters: Map<CounterName, bigint> }>()
  let open: { index: string | null; counters: Map<CounterName, bigint> } | null = null
  for (const line of lines) {
    const [, word, value] = /^(\w+) (\S+)$/.exec(line) ?? []
    if (word === undefined || value === undefined) throw new NotUnderstood('a counter of /sys/class/net', line)
    if (word === 'link') {
      open = { index: null, counters: new Map() }
      readings.set(value, open)
    } else if (open === null) throw new NotUnderstood('an interface of /sys/class/net', line)
    else if (word === 'ifindex') open.index = value
    else {
      const counter = word.replaceAll('_', '-')
      if (isCounter(counter)) open.counters.set(counter, readCount(value))
    }
  }
  return atLeastOne(readings, stdout)
}

/**
 * The columns of /proc/net/dev that are one counter (`dev_seq_printf_stats`, net/core/net-procfs.c); the others are sums:
 * received drops of dropped and missed, frame and carrier of several errors.
 */
const columns: readonly (CounterName | null)[] = [
  ...(['rx-bytes', 'rx-packets', 'rx-errors', null, 'rx-fifo-errors', null, 'rx-compressed', 'multicast'] as const),
  ...(['tx-bytes', 'tx-packets', 'tx-errors', 'tx-dropped', 'tx-fifo-errors', 'collisions', null, 'tx-compressed'] as const),
]

/** @throws NotUnderstood */
export function readProc(stdout: string): Readings {
  const [first = '', second = '', ...rows] = stdout.trimEnd().split('\n')
  if (!first.includes('Receive') || !second.includes('|bytes')) throw new NotUnderstood('the headings of /proc/net/dev', stdout)
  const readings = rows.map((row) => {
    // Old kernels print no space behind the colon.
    const [, name, numbers] = /^\s*(\S+):\s*([\d\s]+)$/.exec(row) ?? []
    const values = numbers?.trim().split(/\s+/) ?? []
    if (name === undefined || values.length !== columns.length) throw new NotUnderstood('a row of /proc/net/dev', row)
    const counters = values.flatMap((value, index): (readonly [CounterName, bigint])[] => {
      const counter = columns[index]
      return counter ? [[counter, readCount(value)]] : []
    })
    return [name, { index: null, counters: new Map(counters) }] as const
  })
  return atLeastOne(new Map(readings), stdout)
}

const isCounter = (word: string): word is CounterName => (counterNames as readonly string[]).includes(word)

function readCount(text: string): bigint {
  if (!/^\d{1,20}$/.test(text)) throw new NotUnderstood('a number', text)
  return BigInt(text)
}

function atLeastOne(readings: Readings, stdout: string): Readings {
  if (readings.size === 0) throw new NotUnderstood('at least one interface', stdout)
  return readings
}
