import { NotUnderstood } from '../../lib/errors.js'
import type { CommandOutput, FactKind, Source } from '../../model/fact.js'
import { readIpJson } from './ip-json.js'
import { readIpText } from './ip-text.js'
import { procScript, readProc } from './proc.js'
import { interfacesShape } from './shape.js'
import type { Interfaces, InterfacesArgs } from './value.js'

export type * from './value.js'

function source(
  name: string,
  tool: readonly [string, ...string[]],
  args: readonly string[],
  read: (stdout: string) => Interfaces,
): Source<InterfacesArgs, Interfaces> {
  return {
    name,
    command: () => ({ tool, args }),
    parse: (output, requests) => {
      const value = read(wholeDump(output))
      return requests.map(() => value)
    },
  }
}

/** The addresses changed while `ip` read them (lib/libnetlink.c): what is missing may exist. */
function wholeDump({ stdout, stderr }: CommandOutput): string {
  if (stderr.includes('Dump was interrupted')) throw new NotUnderstood('all interfaces', stderr)
  return stdout
}

/** The interfaces of a host and their addresses. */
export const interfaces: FactKind<InterfacesArgs, Interfaces> = {
  name: 'interfaces',
  summary: 'The interfaces of a host and their addresses',
  active: false,
  isValue: interfacesShape,
  sources: {
    linux: [
      source('ip -j', ['ip'], ['-j', 'address', 'show'], readIpJson),
      source('ip', ['ip'], ['address', 'show'], readIpText),
      source('busybox ip', ['busybox'], ['ip', 'address', 'show'], readIpText),
      source('/proc', ['sh'], ['-c', procScript], readProc),
    ],
  },
}
