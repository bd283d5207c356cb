import { NotUnderstood } from '../../lib/errors.js'
import { readFields, readJsonArray } from '../../lib/iproute2/json.js'
import { addressFlags, finishLink, interfaceBeneath, linkAddress } from './draft.js'
import type { Link, LinkAddress } from './value.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads `ip -j -d address show` (iproute2 from 4.14 on).
 * @throws NotUnderstood also for the text of versions that accept `-j` and ignore it, and for links without a name (`{}`).
 */
export function readIpJson(stdout: string): readonly Link[] {
  return readJsonArray(stdout).map((entry) => readLink(readFields(entry)))
}

function readLink(fields: Fields): Link {
  const { ifname, flags, mtu, link_type: hardware, addr_info: addresses } = fields
  if (!isName(ifname) || !isTexts(flags) || typeof mtu !== 'number' || typeof hardware !== 'string' || !Array.isArray(addresses)) {
    throw new NotUnderstood('an interface of ip -j -d address', JSON.stringify(fields))
  }
  const info = fields.linkinfo === undefined ? {} : readFields(fields.linkinfo)
  const data = info.info_data === undefined ? {} : readFields(info.info_data)
  const kind = textOf(info.info_kind)
  const isForeign = fields.link_netnsid !== undefined || fields.link_netns !== undefined
  return finishLink({
    name: ifname,
    altNames: isTexts(fields.altnames) ? fields.altnames : [],
    flags,
    operState: textOf(fields.operstate),
    hardware,
    mac: textOf(fields.address),
    mtu,
    // A tap device is of kind tun, and says so in its details.
    kind: kind === 'tun' && data.type === 'tap' ? 'tap' : kind,
    vlanId: kind === 'vlan' && typeof data.id === 'number' ? data.id : null,
    parent: textOf(fields.link) ?? interfaceBeneath(kind, textOf(data.link), isForeign),
    master: textOf(fields.master),
    addresses: addresses.flatMap((entry) => readAddress(readFields(entry))),
  })
}

/** None for the addresses of other families, such as those of MCTP. */
function readAddress(fields: Fields): readonly LinkAddress[] {
  const { family, local, prefixlen: length, address: peer } = fields
  if (typeof family === 'string' && family !== 'inet' && family !== 'inet6') return []
  if (typeof family !== 'string' || typeof local !== 'string' || typeof length !== 'number') {
    throw new NotUnderstood('an address of ip -j -d address', JSON.stringify(fields))
  }
  const flags = addressFlags.filter((flag) => fields[flag] === true)
  return [linkAddress(local, length, typeof peer === 'string' ? peer : null, flags)]
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string')
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
