import type { HostsFile } from '../../facts/hosts-file/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { describeList, type ListExpectation, listDifference } from '../../lib/list-expectation.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import type { Spec } from './schema.js'
import { besides, duplicates, isConsulted, order, showEntries, whoWrites } from './words.js'

export function judgeFile(spec: Spec, subject: string, file: HostsFile): readonly Finding[] {
  if (spec.absent === true) return [judgeAbsent(spec, subject, file)]
  if (spec.addresses !== undefined) return [judgeAddresses(spec.addresses, spec, subject, file)]
  return spec['matches-dns'] === true ? notPinned(spec, subject, file) : [judgePresent(spec, subject, file)]
}

function judgeAbsent({ name }: Spec, subject: string, file: HostsFile): Finding {
  const finding = { subject, expected: 'not in /etc/hosts', actual: showEntries(file.entries) }
  if (file.entries.length === 0) return { ...finding, verdict: 'pass', message: besides(name.toLowerCase(), file) }
  const lines = file.entries.map(({ line }) => line)
  const hides = isConsulted(file) ? 'It hides what DNS says.' : order(file)
  const remove = `Remove line ${lines.join(', ')} of /etc/hosts.`
  return { ...finding, verdict: 'fail', message: sentences(hides, remove, whoWrites(file)) }
}

function judgePresent({ name }: Spec, subject: string, file: HostsFile): Finding {
  const finding = { subject, expected: 'in /etc/hosts', actual: showEntries(file.entries) }
  if (file.entries.length === 0) return { ...finding, verdict: 'fail', message: missing(name, file) }
  return consulted(finding, file)
}

/** With a difference or without: where nobody looks into the file, no name is pinned. */
function consulted(finding: Omit<Finding, 'verdict' | 'message'>, file: HostsFile): Finding {
  const message = sentences(order(file), duplicates(file))
  return { ...finding, verdict: isConsulted(file) ? 'pass' : 'fail', message }
}

const missing = (name: string, file: HostsFile): string =>
  sentences(
    file.exists ? `No line of /etc/hosts has ${name}.` : 'There is no /etc/hosts.',
    besides(name.toLowerCase(), file),
    `Look at what programs get: \`getent ahosts ${name}\`.`,
    whoWrites(file),
  )

function judgeAddresses(addresses: ListExpectation, { name }: Spec, subject: string, file: HostsFile): Finding {
  const read = (list: readonly string[]): readonly string[] => list.map((address) => canonicalAddress(address) ?? address)
  const expected: ListExpectation =
    'length' in addresses
      ? read(addresses)
      : {
          ...(addresses.contains === undefined ? {} : { contains: read(addresses.contains) }),
          ...(addresses.not === undefined ? {} : { not: read(addresses.not) }),
        }
  const finding = { subject: `${subject}: addresses`, expected: describeList(expected), actual: showEntries(file.entries) }
  const difference = listDifference(
    expected,
    file.entries.map(({ address }) => address),
    false,
  )
  const needed = 'length' in expected || expected.contains !== undefined
  if (difference === null) return needed ? consulted(finding, file) : { ...finding, verdict: 'pass', message: '' }
  if (file.entries.length === 0) return { ...finding, verdict: 'fail', message: missing(name, file) }
  const unwanted = file.entries.filter(({ address }) => difference.unwanted.includes(address))
  const words = [
    difference.missing.length === 0 ? '' : `No line pins it to ${difference.missing.join(', ')}.`,
    unwanted.length === 0
      ? ''
      : `Not expected: ${unwanted.map(({ line, address, names }) => `line ${line}, \`${address} ${names.join(' ')}\``).join('; ')}.`,
  ]
  return { ...finding, verdict: 'fail', message: sentences(...words, duplicates(file), order(file), whoWrites(file)) }
}

/** Nothing contradicts DNS where nothing is pinned. */
function notPinned({ name }: Spec, subject: string, file: HostsFile): readonly Finding[] {
  if (file.entries.length > 0) return []
  const message = sentences(`No line has ${name}, so programs get what DNS says.`, besides(name.toLowerCase(), file))
  return [{ subject, verdict: 'pass', expected: 'nothing that contradicts DNS', actual: 'not in /etc/hosts', message }]
}
