import { NotUnderstood } from '../../lib/errors.js'
import { listOf, mapOf, oneOf, orNull, text, whole } from '../../lib/shape.js'
import type { FactKind } from '../../model/fact.js'

export type LinkSpeed = {
  readonly name: string
  /** Bits per second; null where there is no carrier, or no such thing as a speed. */
  readonly speed: number | null
  readonly duplex: 'full' | 'half' | null
}

type LinkSpeedArgs = Record<string, never>

/** A file that cannot be read (EINVAL while a link is down) gives an empty line. */
const script = `
cd /sys/class/net || exit
for name in *; do
  [ -d "$name" ] || continue
  speed= duplex=
  { read -r speed <"$name/speed"; } 2>/dev/null
  { read -r duplex <"$name/duplex"; } 2>/dev/null
  printf '%s %s %s\\n' "$name" "\${speed:--}" "\${duplex:--}"
done
echo end`

/** @throws NotUnderstood */
function parse(stdout: string): readonly LinkSpeed[] {
  const lines = stdout.trimEnd().split('\n')
  if (lines.pop() !== 'end') throw new NotUnderstood('speeds from /sys/class/net', stdout)
  return lines.map((line) => {
    const [, name, speed = '', duplex] = /^(\S+) (-|-?\d{1,10}) (\S+)$/.exec(line) ?? []
    if (name === undefined) throw new NotUnderstood('a speed from /sys/class/net', line)
    const megabits = Number(speed)
    // SPEED_UNKNOWN (-1) is printed as a signed or an unsigned number (include/uapi/linux/ethtool.h).
    const known = megabits > 0 && megabits < 0xffff_ffff
    return { name, speed: known ? megabits * 1_000_000 : null, duplex: duplex === 'full' || duplex === 'half' ? duplex : null }
  })
}

/** What /sys/class/net alone shows without a tool: nothing but drivers know it (Documentation/ABI/testing/sysfs-class-net). */
export const linkSpeed: FactKind<LinkSpeedArgs, readonly LinkSpeed[]> = {
  name: 'link-speed',
  summary: 'Speed and duplex of the network interfaces of a host',
  active: false,
  isValue: listOf(mapOf<LinkSpeed>({ name: text, speed: orNull(whole), duplex: orNull(oneOf(['full', 'half'])) })),
  sources: {
    linux: [
      {
        name: '/sys',
        command: () => ({ tool: ['sh'], args: ['-c', script] }),
        parse: ({ stdout }, requests) => {
          const value = parse(stdout)
          return requests.map(() => value)
        },
      },
    ],
  },
}
