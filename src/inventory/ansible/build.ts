import { dirname, isAbsolute, resolve } from 'node:path'
import { addressFamily } from '../../lib/address.js'
import type { Host, Inventory } from '../../model/inventory.js'
import type { Json, JsonObject } from '../../model/json.js'
import type { Platform } from '../../model/platform.js'
import { reachOf } from './connection.js'
import type { Draft, DraftGroup, DraftHost, Variables } from './draft.js'
import { settleGroups } from './groups.js'
import { isSecretSetting } from './secrets.js'
import { isSafeWord, type Settings, settingsOf } from './settings.js'
import { type Rendered, templateReader } from './template.js'
import { variablesOfHosts } from './variables.js'
import type { VarsFiles } from './vars-files.js'

/** Turns what the sources say into hosts: groups settled, variables by precedence, references filled in, connections understood. */
export function buildInventory(
  draft: Draft,
  files: readonly VarsFiles[],
  controllerPlatform: Platform,
): Pick<Inventory, 'hosts' | 'groups'> {
  warnOfTwins(draft)
  const { groupsOf, hostsOf } = settleGroups(draft)
  const variablesOf = variablesOfHosts(groupsOf, files)
  const hosts = new Map<string, Host>()
  for (const host of draft.hosts.values()) {
    hosts.set(host.name, buildHost(draft, host, groupsOf.get(host.name) ?? [], variablesOf(host), controllerPlatform))
  }
  return { hosts, groups: hostsOf }
}

function buildHost(draft: Draft, host: DraftHost, groups: readonly DraftGroup[], variables: Variables, controllerPlatform: Platform): Host {
  const groupNames = groups.flatMap(({ name }) => (name === 'all' ? [] : [name])).sort()
  const lookup = templateReader(variables, magicVariables(host, groupNames))
  const settings = settingsOf(lookup)
  const reach = reachOf(settings, host.name, controllerPlatform)
  checkAddress(settings, host, reach)
  draft.findings.warnings.push(...settings.notes, ...settings.faults)
  const [fault] = settings.faults
  return {
    name: host.name,
    ...reach,
    groups: groupNames,
    vars: visibleVariables(variables, lookup),
    ...(fault === undefined ? {} : { unusable: `${fault.message} (${fault.location.file}:${fault.location.line})` }),
  }
}

function checkAddress(settings: Settings, host: DraftHost, { address, transport }: Pick<Host, 'address' | 'transport'>): void {
  if (transport === 'local' || isSafeWord(address)) return
  settings.faults.push(host.origin({ code: 'bad-word', message: `${JSON.stringify(address)} is no address`, hint: 'set ansible_host' }))
}

/** What Ansible knows about a host beside its variables (`Host.get_magic_vars`). */
function magicVariables({ name, file }: DraftHost, groupNames: readonly string[]): JsonObject {
  const path = file === null ? null : isAbsolute(file) ? file : resolve(file)
  return {
    inventory_hostname: name,
    inventory_hostname_short: addressFamily(name) === null ? (name.split('.')[0] ?? name) : name,
    group_names: groupNames,
    inventory_file: path,
    inventory_dir: path === null ? null : dirname(path),
  }
}

function visibleVariables(variables: Variables, lookup: (name: string) => Rendered | undefined): Readonly<Record<string, Json>> {
  const visible = [...variables].filter(([name, { vaulted }]) => vaulted !== true && !isSecretSetting(name))
  return Object.fromEntries(visible.map(([name]) => [name, lookup(name)?.value ?? null]))
}

/** Where a name is both a host and a group, variables that a source gives to the host went to the group, in Ansible as here. */
function warnOfTwins(draft: Draft): void {
  for (const [name, { origin }] of draft.hosts) {
    if (!draft.groups.has(name)) continue
    const message = `"${name}" is a host and a group: its variables go to the group, and as a pattern it is the host`
    draft.findings.warnings.push(origin({ code: 'host-and-group', message, hint: 'rename one of them' }))
  }
}
