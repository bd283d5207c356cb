import { formatDiagnostic } from '../documents/index.js'
import { loadInventory, selectHosts } from '../inventory/index.js'
import type { Host } from '../model/inventory.js'
import { InputError } from './input-error.js'
import type { SelectOptions } from './options.js'
import { controllerPlatform, limitComplaint } from './prepare.js'

/** The hosts of an inventory, or those of it that the patterns select. @throws InputError */
export async function listHosts({ inventory = [], limit }: Pick<SelectOptions, 'inventory' | 'limit'>): Promise<readonly Host[]> {
  const loaded = await loadInventory(inventory, { controllerPlatform: controllerPlatform() })
  if (loaded.diagnostics.length > 0) throw new InputError(loaded.diagnostics.map(formatDiagnostic).join('\n'), loaded.diagnostics)
  if (limit === undefined) return [...loaded.inventory.hosts.values()]
  const { hosts, problems } = selectHosts(loaded.inventory, limit)
  if (problems.length === 0) return hosts
  throw new InputError(problems.map(limitComplaint).join('\n'), [])
}
