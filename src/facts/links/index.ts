import { NotUnderstood } from '../../lib/errors.js'
import type { CommandOutput, FactKind, Source } from '../../model/fact.js'
import { readIpJson } from './ip-json.js'
import { readIpText } from './ip-text.js'
import { linksShape } from './shape.js'
import { readSys, sysScript } from './sys.js'
import type { Link, Links, LinksArgs } from './value.js'

export { absenceWithout, explainNamed, type Naming, namingOf } from './naming.js'
export type { Link, LinkAddress, Links, LinksArgs } from './value.js'
export { hiddenNames, linkNamed, otherLinks } from './view.js'

function source(
  name: string,
  [tool, ...args]: readonly [string, ...string[]],
  hides: Links['hides'],
  read: (stdout: string) => readonly Link[],
): Source<LinksArgs, Links> {
  return {
    name,
    // /proc/net/vlan is for root alone.
    command: () => ({ tool: [tool], args, ...(tool === 'sh' ? { privileged: true } : {}) }),
    parse: (output, requests) => {
      const links = read(wholeDump(output))
      // A kernel without a single interface, not even `lo`, does not exist: such an output is none.
      if (links.length === 0) throw new NotUnderstood('at least one interface', output.stdout)
      return requests.map(() => ({ hides, links }))
    },
  }
}

/** The interfaces changed while `ip` read them (lib/libnetlink.c): what is missing may exist. */
function wholeDump({ stdout, stderr }: CommandOutput): string {
  if (stderr.includes('Dump was interrupted')) throw new NotUnderstood('all interfaces', stderr)
  return stdout
}

const busyBoxHides = ['type', 'vlan', 'parent', 'operational-state', 'alternative-names'] as const
const plain = (stdout: string): readonly Link[] => readIpText(stdout, { kinds: false, parents: false })
const detailed = (stdout: string): readonly Link[] => readIpText(stdout, { kinds: true, parents: true })

/** The network interfaces with their state, kind, place and addresses. BusyBox refuses `-d`. */
export const links: FactKind<LinksArgs, Links> = {
  name: 'links',
  summary: 'The network interfaces of a host: state, type, addresses, what they are part of',
  active: false,
  isValue: linksShape,
  sources: {
    linux: [
      source('ip -j -d', ['ip', '-j', '-d', 'address', 'show'], [], readIpJson),
      source('ip -d', ['ip', '-d', 'address', 'show'], [], detailed),
      source('ip', ['ip', 'address', 'show'], busyBoxHides, plain),
      source('busybox ip', ['busybox', 'ip', 'address', 'show'], busyBoxHides, plain),
      source('/sys', ['sh', '-c', sysScript], ['alternative-names', 'ipv4-addresses'], readSys),
    ],
  },
}
