import { NotUnderstood } from '../../lib/errors.js'
import { amount, flag, listOf, mapOf, oneOf, text } from '../../lib/shape.js'
import type { CommandOutput, FactKind, Source } from '../../model/fact.js'
import { type Readings, readProc, readSys, sysScript } from './read.js'
import { type CounterChange, counterNames, type InterfaceChanges, type InterfaceCounters, type InterfaceCountersArgs } from './value.js'

export type { CounterName, InterfaceCounters } from './value.js'
export { counterNames } from './value.js'

type CountersSource = Source<InterfaceCountersArgs, InterfaceCounters>

function source(
  name: string,
  tool: readonly [string, ...string[]],
  args: readonly string[],
  read: (stdout: string) => Readings,
): CountersSource {
  return {
    name,
    // Requests of one group have one window.
    command: ([first]) => ({ tool, args, againAfterMs: first?.overMs ?? 0 }),
    parse: (output, requests) => {
      const value = compare(output, read)
      return requests.map(() => value)
    },
  }
}

/** @throws NotUnderstood also where there was no second reading: nothing is known then. */
function compare({ stdout, again }: CommandOutput, read: (stdout: string) => Readings): InterfaceCounters {
  if (again === undefined) throw new NotUnderstood('a second reading of the counters', '')
  const before = read(stdout)
  const after = read(again.stdout)
  const interfaces = [...after].map(([name, { index, counters }]): InterfaceChanges => {
    const old = before.get(name)
    const changes = [...counters].flatMap(([counter, now]): CounterChange[] => {
      const then = old?.counters.get(counter)
      return then === undefined ? [] : [{ counter, change: Number(now - then) }]
    })
    return { name, replaced: old === undefined || old.index !== index, changes }
  })
  return { afterMs: again.afterMs, interfaces }
}

/** How the counters of a host's interfaces changed over a time, all of them at once. */
export const interfaceCounters: FactKind<InterfaceCountersArgs, InterfaceCounters> = {
  name: 'interface-counters',
  summary: "How counters of a host's interfaces change over a time: packets, errors, drops, carrier",
  active: false,
  group: ({ overMs }) => String(overMs),
  isValue: mapOf<InterfaceCounters>({
    afterMs: amount,
    interfaces: listOf(
      mapOf<InterfaceChanges>({
        name: text,
        replaced: flag,
        changes: listOf(mapOf<CounterChange>({ counter: oneOf(counterNames), change: amount })),
      }),
    ),
  }),
  sources: {
    linux: [source('/sys', ['sh'], ['-c', sysScript], readSys), source('/proc/net/dev', ['cat'], ['/proc/net/dev'], readProc)],
  },
}
