import type { DraftGroup, DraftHost, Variables } from './draft.js'
import type { VarsFiles } from './vars-files.js'

/**
 * The variables of each host, by Ansible's default precedence, from the weakest: `all` in the inventory, its groups (see
 * `Membership.groupsOf`), `group_vars/all`, the `group_vars` of its groups, the host in the inventory, its `host_vars`.
 * https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html#understanding-variable-precedence
 * @param files one for each source that is a file or directory, in the order of the sources.
 */
export function variablesOfHosts(
  groupsOf: ReadonlyMap<string, readonly DraftGroup[]>,
  files: readonly VarsFiles[],
): (host: DraftHost) => Variables {
  const shared = new Map<readonly DraftGroup[], Variables>()
  const ofGroups = (groups: readonly DraftGroup[]): Variables => {
    const known = shared.get(groups)
    if (known !== undefined) return known
    const merged = groupVariables(groups, files)
    shared.set(groups, merged)
    return merged
  }
  return (host) => merge([ofGroups(groupsOf.get(host.name) ?? []), host.vars, ...files.map(({ hosts }) => hosts.get(host.name))])
}

function groupVariables(groups: readonly DraftGroup[], files: readonly VarsFiles[]): Variables {
  const [all, others] = [groups.filter(({ name }) => name === 'all'), groups.filter(({ name }) => name !== 'all')]
  const inFiles = (some: readonly DraftGroup[]) => files.flatMap((source) => some.map(({ name }) => source.groups.get(name)))
  return merge([...groups.map(({ vars }) => vars), ...inFiles(all), ...inFiles(others)])
}

function merge(layers: readonly (Variables | undefined)[]): Variables {
  const merged: Variables = new Map()
  for (const layer of layers) for (const [name, variable] of layer ?? []) merged.set(name, variable)
  return merged
}
