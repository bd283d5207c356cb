import { controllerName, type Host, type SshSettings } from '../../model/inventory.js'
import type { Json } from '../../model/json.js'
import type { Platform } from '../../model/platform.js'
import type { OwnHost, OwnInventory } from './schema.js'

interface HostInput {
  readonly name: string
  readonly own: OwnHost
  readonly defaults: NonNullable<OwnInventory['defaults']>
  readonly groups: readonly string[]
  readonly groupVars: Readonly<Record<string, Json>>
  /** Of the machine netproof runs on. */
  readonly platform: Platform
}

/** One host with everything that `defaults` and groups give it. Variables: defaults, then groups, then its own. */
export function readHost({ name, own, defaults, groups, groupVars, platform }: HostInput): Host {
  const command = own.command ?? defaults.command
  const transport = own.transport ?? impliedTransport(name, own) ?? defaults.transport ?? (command === undefined ? 'ssh' : 'exec')
  return {
    name,
    address: own.address ?? (transport === 'local' ? 'localhost' : name),
    platform: own.platform ?? defaults.platform ?? (transport === 'local' ? platform : 'linux'),
    transport,
    ...(transport === 'exec' && command !== undefined ? { command } : {}),
    ssh: sshSettings({ ...defaults, ...own }),
    become: own.become ?? defaults.become ?? 'none',
    groups,
    vars: { ...(defaults.vars as Host['vars']), ...groupVars, ...(own.vars as Host['vars']) },
  }
}

/** What a host says without saying it: defaults for other hosts do not change that. */
function impliedTransport(name: string, own: OwnHost): string | undefined {
  if (own.command !== undefined) return 'exec'
  return name === controllerName ? 'local' : undefined
}

function sshSettings(settings: OwnHost): SshSettings {
  const { user, port, 'identity-file': identityFile, 'ssh-args': args } = settings
  return {
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(identityFile === undefined ? {} : { identityFile }),
    ...(args === undefined ? {} : { args }),
  }
}
