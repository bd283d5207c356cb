import type { Note, Opaque, Topic } from '../value.js'
import { saysNo, type Variables } from './variables.js'

/** Who brings up the interface of a file at boot: they differ in what they make of some keys. null: not known. */
export type Reader = 'network' | 'NetworkManager' | 'nobody' | null

/** The network service leaves to NetworkManager what that manages, where both are started (`ifup` of initscripts). */
export function readerOf(variables: Variables, started: ReadonlySet<string>): Reader {
  const manager = started.has('NetworkManager')
  if (manager && !saysNo(variables.of('NM_CONTROLLED'))) return 'NetworkManager'
  if (started.has('network')) return 'network'
  return manager ? 'nobody' : null
}

/** Whether a file that says so is brought up at boot. Missing, ONBOOT is yes (`is_false` in initscripts' network; nms-ifcfg-rh-reader.c follows). */
export function isBroughtUp(variables: Variables, global: Variables, reader: Reader): boolean | null {
  if (saysNo(variables.of('ONBOOT')) || reader === 'nobody') return false
  if (!saysNo(global.of('NETWORKING')) || reader === 'NetworkManager') return true
  return reader === 'network' ? false : null
}

export const noteOf = (variables: Variables, key: string, text: string): Note => ({
  file: variables.file,
  line: variables.lineOf(key),
  text: `${key}=${variables.of(key) ?? ''}: ${text}`,
})

/** A key that the two readers take differently, where it is not known which of them reads it. */
export const undecided = (variables: Variables, key: string, why: string, device: string | null, topics: readonly Topic[]): Opaque => ({
  ...{ file: variables.file, line: variables.lineOf(key), text: `${key}=${variables.of(key) ?? ''}`, why, interface: device, topics },
})

/** What a person should know of who reads a file. */
export function notesOnReader(variables: Variables, reader: Reader): readonly Note[] {
  if (!saysNo(variables.of('NM_CONTROLLED'))) return []
  const text =
    reader === 'nobody'
      ? 'NetworkManager leaves it alone, and no network service is started at boot: nobody brings it up.'
      : 'NetworkManager leaves it to the network service.'
  return [noteOf(variables, 'NM_CONTROLLED', text)]
}

export function notesOnNetworking(global: Variables): readonly Note[] {
  return saysNo(global.of('NETWORKING')) ? [noteOf(global, 'NETWORKING', 'the network service brings nothing up.')] : []
}
