import { NotUnderstood } from '../../lib/errors.js'
import { linkAddress } from './draft.js'
import type { Link, LinkAddress } from './value.js'

/**
 * Prints what /sys/class/net says of every interface, one `word value` a line (Documentation/ABI/testing/sysfs-class-net), then
 * /proc/net/vlan/config and /proc/net/if_inet6. A file that cannot be read (carrier, while a link is down) is left out.
 */
export const sysScript = `
cd /sys/class/net || exit
for name in *; do
  [ -d "$name" ] || continue
  printf 'link %s\\n' "$name"
  for file in flags operstate carrier address mtu type tun_flags; do
    { read -r value <"$name/$file"; } 2>/dev/null && printf '%s %s\\n' "$file" "$value"
  done
  if [ -r "$name/uevent" ]; then
    while read -r value; do
      case $value in DEVTYPE=*) printf 'kind %s\\n' "\${value#DEVTYPE=}" ;; esac
    done <"$name/uevent"
  fi
  [ -d "$name/bridge" ] && echo 'kind bridge'
  [ -d "$name/bonding" ] && echo 'kind bond'
  [ -e "$name/device" ] && echo 'device yes'
  [ -e "$name/master" ] && (cd -P "$name/master" && printf 'master %s\\n' "\${PWD##*/}")
  for lower in "$name"/lower_*; do
    [ -e "$lower" ] && printf 'lower %s\\n' "\${lower##*/lower_}"
  done
done
if [ -r /proc/net/vlan/config ]; then while read -r line; do printf 'vlan %s\\n' "$line"; done </proc/net/vlan/config; fi
if [ -r /proc/net/if_inet6 ]; then while read -r line; do printf 'inet6 %s\\n' "$line"; done </proc/net/if_inet6; fi
echo end`

interface Open {
  readonly name: string
  readonly words: Map<string, string>
  readonly lowers: string[]
  readonly addresses: LinkAddress[]
}

/**
 * @throws NotUnderstood
 */
export function readSys(stdout: string): readonly Link[] {
  const lines = stdout.trimEnd().split('\n')
  if (lines.pop() !== 'end') throw new NotUnderstood('the interfaces of /sys/class/net', stdout)
  const links = new Map<string, Open>()
  const vlans = new Map<string, { readonly id: number; readonly parent: string }>()
  let open: Open | null = null
  for (const line of lines) {
    const [word = '', ...rest] = line.split(' ')
    const value = rest.join(' ').trim()
    if (word === 'link') {
      open = { name: value, words: new Map(), lowers: [], addresses: [] }
      links.set(value, open)
    } else if (word === 'inet6') {
      const { name, address } = readInet6(value)
      links.get(name)?.addresses.push(address)
    } else if (word === 'vlan') readVlan(value, vlans)
    else if (open === null) throw new NotUnderstood('an interface of /sys/class/net', line)
    else if (word === 'lower') open.lowers.push(value)
    else open.words.set(word, value)
  }
  return [...links.values()].map((each) => finish(each, vlans.get(each.name) ?? null))
}

/** `eth0.100 | 100 | eth0` (`vlandev_seq_show` and its kin, net/8021q/vlanproc.c); the two lines above are headings. */
function readVlan(line: string, vlans: Map<string, { readonly id: number; readonly parent: string }>): void {
  const [name = '', id = '', parent = ''] = line.split('|').map((part) => part.trim())
  if (name !== '' && /^\d{1,4}$/.test(id)) vlans.set(name, { id: Number(id), parent })
}

/** IFA_F_* of include/uapi/linux/if_addr.h. */
const flagBits: readonly (readonly [number, string])[] = [
  [0x01, 'temporary'],
  [0x02, 'nodad'],
  [0x04, 'optimistic'],
  [0x08, 'dadfailed'],
  [0x20, 'deprecated'],
  [0x40, 'tentative'],
]

/** `fe80…0001 02 40 20 80 eth0`: address, index, length, scope, flags (`if6_seq_show`, net/ipv6/addrconf.c); numbers in hex. */
function readInet6(line: string): { readonly name: string; readonly address: LinkAddress } {
  const [, hex, length, flags, name] = /^([0-9a-f]{32}) [0-9a-f]{2,8} ([0-9a-f]{2}) [0-9a-f]{2} ([0-9a-f]{2,8}) +(\S+)$/.exec(line) ?? []
  if (!hex || !length || !flags || !name) throw new NotUnderstood('a row of /proc/net/if_inet6', line)
  const bits = Number.parseInt(flags, 16)
  const words = flagBits.filter(([bit]) => (bits & bit) !== 0).map(([, word]) => word)
  return { name, address: linkAddress((hex.match(/.{4}/g) ?? []).join(':'), Number.parseInt(length, 16), null, words) }
}

/** IFF_UP of include/uapi/linux/if.h; ARPHRD_ETHER and ARPHRD_LOOPBACK of if_arp.h; IFF_TAP of if_tun.h. */
const bits = { up: 0x1, ether: '1', loopback: '772', tap: 0x2 } as const

function finish({ name, words, lowers, addresses }: Open, vlan: { readonly id: number; readonly parent: string } | null): Link {
  const [flags, mtu] = [Number.parseInt(words.get('flags') ?? '', 16), Number(words.get('mtu') ?? Number.NaN)]
  if (!Number.isSafeInteger(flags) || !Number.isSafeInteger(mtu) || mtu < 0) {
    throw new NotUnderstood('flags and MTU in /sys/class/net', JSON.stringify([name, ...words]))
  }
  const up = (flags & bits.up) !== 0
  const carrier = words.get('carrier')
  const mac = words.get('address') ?? ''
  const loopback = words.get('type') === bits.loopback
  const [lower = null] = lowers
  return {
    name,
    altNames: [],
    up,
    carrier: up && carrier !== undefined ? carrier === '1' : null,
    operState: words.get('operstate') ?? null,
    mac: !loopback && /^[0-9a-f]{2}(:[0-9a-f]{2}){5,31}$/.test(mac) ? mac : null,
    mtu,
    type: typeOf(words, vlan !== null),
    vlanId: vlan?.id ?? null,
    parent: vlan?.parent ?? (lowers.length === 1 && !['bridge', 'bond'].includes(words.get('kind') ?? '') ? lower : null),
    master: words.get('master') ?? null,
    addresses,
  }
}

/** A link without a device beneath it may be a veth, a dummy or something else: that is not known here. */
function typeOf(words: ReadonlyMap<string, string>, isVlan: boolean): string | null {
  const kind = words.get('kind')
  const tun = words.get('tun_flags')
  if (words.get('type') === bits.loopback) return 'loopback'
  if (isVlan) return 'vlan'
  if (kind !== undefined && kind !== '') return kind
  if (tun !== undefined) return (Number.parseInt(tun, 16) & bits.tap) === 0 ? 'tun' : 'tap'
  return words.get('type') === bits.ether && words.has('device') ? 'ethernet' : null
}
