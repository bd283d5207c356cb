import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { printableLine } from '../../lib/printable.js'
import type { NameLookup, NameLookupArgs } from './value.js'

/*
 * Every source reads lines `index family name` (family is 0, 4 or 6, or r: a name is wanted for an address) and prints `name-lookup SOURCE`, then for each index
 * `found INDEX ADDRESS-OR-NAME` as often as there are, or one `none INDEX TEXT` or `temporary INDEX TEXT`.
 * `note INDEX TEXT` adds to what was found. `done INDEX` says that it is whole.
 */

/** The longest name of RFC 1035 is 253 characters; longer ones are the library's to refuse. */
const longestName = 1_024
const mostFound = 1_000

/** Whether a name can be written on a line of its own, and is none of a tool's options. */
function isAskable({ name }: NameLookupArgs): boolean {
  return name.length <= longestName && /^[A-Za-z0-9_.:%][A-Za-z0-9_.:%-]*$/.test(name)
}

/** Standard input of a source. */
export function encodeNames(requests: readonly NameLookupArgs[]): string {
  return requests
    .map((args, index) => (isAskable(args) ? `${index} ${isAddress(args) ? 'r' : (args.family ?? 0)} ${args.name}\n` : ''))
    .join('')
}

const isAddress = ({ name }: NameLookupArgs): boolean => canonicalAddress(name) !== null

interface Draft {
  readonly found: Set<string>
  problem: 'none' | 'temporary' | null
  detail: string | null
  done: boolean
}

/** @throws NotUnderstood when no source wrote this. Lines of no known form are passed over. */
export function decodeLookups(stdout: string, requests: readonly NameLookupArgs[]): readonly NameLookup[] {
  if (!/^name-lookup \w+$/m.test(stdout)) throw new NotUnderstood('the answers of a name lookup', stdout)
  const drafts = requests.map((): Draft => ({ found: new Set(), problem: null, detail: null, done: false }))
  for (const line of stdout.split('\n')) {
    const [, word, index, rest = ''] = /^(found|none|temporary|note|done) (\d{1,9})(?: (.*))?$/.exec(line) ?? []
    const draft = drafts[Number(index)]
    const args = requests[Number(index)]
    if (word !== undefined && draft !== undefined && args !== undefined) take(draft, word, rest, args)
  }
  return requests.map((args, index) => finish(args, drafts[index]))
}

function take(draft: Draft, word: string, rest: string, args: NameLookupArgs): void {
  if (word === 'done') draft.done = true
  else if (word === 'note') draft.detail = printableLine(rest)
  else if (word === 'found') {
    const entry = readFound(rest, args)
    if (entry !== null && draft.found.size < mostFound) draft.found.add(entry)
  } else {
    draft.problem = word === 'none' ? 'none' : 'temporary'
    draft.detail = printableLine(rest)
  }
}

/** null for what is no answer to this question, such as an IPv4 address mapped into IPv6 where IPv6 was asked for. */
function readFound(text: string, args: NameLookupArgs): string | null {
  if (isAddress(args)) return /^[\x21-\x7e]{1,1024}$/.test(text) ? text : null
  const address = canonicalAddress(text)
  return address === null || (args.family !== undefined && addressFamily(address) !== args.family) ? null : address
}

const unknown = (detail: string): NameLookup => ({ found: [], problem: 'temporary', detail })

function finish(args: NameLookupArgs, draft: Draft | undefined): NameLookup {
  if (!isAskable(args)) return unknown('not asked: neither an address nor a host name in ASCII')
  // Without its end a list may be shorter than it was, and a missing name must not look like one that does not exist.
  if (draft === undefined || !draft.done) return unknown('no answer')
  const { problem, detail } = draft
  if (problem !== null) return { found: [], problem, detail }
  if (draft.found.size > 0) return { found: [...draft.found], problem: null, detail }
  return unknown(detail ?? 'an answer without an address of the family that was asked for')
}
