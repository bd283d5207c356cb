import type { FactKind } from '../../model/fact.js'
import { readBonding } from './parse.js'
import { bondsShape } from './shape.js'
import type { Bond, BondsArgs } from './value.js'

export type { Bond, BondMode } from './value.js'
export { bondModes } from './value.js'

/** Partners of LACP are shown to root alone (`bond_info_show_slave`, drivers/net/bonding/bond_procfs.c). */
const script = `
for file in /proc/net/bonding/*; do
  [ -r "$file" ] || continue
  printf 'bond %s\\n' "\${file##*/}"
  cat "$file" || exit
done
echo end`

/** The bonds of a host and what LACP found, from /proc/net/bonding, which every kernel with bonds has. */
export const bonds: FactKind<BondsArgs, readonly Bond[]> = {
  name: 'bonds',
  summary: 'The bonds of a host: mode, members, LACP partner and aggregators',
  active: false,
  isValue: bondsShape,
  sources: {
    linux: [
      {
        name: '/proc/net/bonding',
        command: () => ({ tool: ['sh'], args: ['-c', script], privileged: true }),
        parse: ({ stdout }, requests) => {
          const value = readBonding(stdout)
          return requests.map(() => value)
        },
      },
    ],
  },
}
