import { type Expectation, meets, type ValueType } from '../expectation.js'
import type { Judgement } from './holder.js'
import type { Listener } from './listener.js'

/** A user of the host. */
interface User {
  readonly name: string
  readonly uid: number
}

/** One of both is known at least. */
interface Owner {
  readonly uid: number | null
  readonly name: string | null
}

/** Owners are the same when their numbers are, whatever they are called. */
export function ownerType(users: readonly User[]): ValueType<string | number, Owner> {
  return {
    read: (raw) => {
      const user = users.find(({ name, uid }) => name === raw || String(uid) === String(raw))
      return user ?? (/^\d+$/.test(String(raw)) ? { uid: Number(raw), name: null } : { uid: null, name: String(raw) })
    },
    equal: (a, b) => (a.uid !== null && b.uid !== null ? a.uid === b.uid : a.name !== null && a.name === b.name),
    show: ({ uid, name }) => name ?? `uid ${uid}`,
  }
}

export function judgeOwner(listener: Listener, expected: Expectation<string | number>, users: readonly User[]): Judgement {
  if (listener.uid === null) return 'unknown'
  const type = ownerType(users)
  const actual = type.read(listener.uid)
  const stranger = namedUsers(expected).some((raw) => type.read(raw).uid === null)
  // A name that the host does not know, and a number without a name, may be one user.
  if (stranger && actual.name === null) return 'unknown'
  return meets(type, expected, actual) ? 'met' : 'unmet'
}

/** The users that an expectation names, to be looked up on the host. */
export function namedUsers(expected: Expectation<string | number>): readonly (string | number)[] {
  if (typeof expected !== 'object') return [expected]
  const { not = [], 'one-of': oneOf = [] } = expected
  return [...(typeof not === 'object' ? not : [not]), ...oneOf]
}
