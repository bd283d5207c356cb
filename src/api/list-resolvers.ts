import { resolverCatalogue } from '../builtins.js'
import { formatDiagnostic } from '../documents/index.js'
import { loadInventory } from '../inventory/index.js'
import type { Resolver } from '../model/inventory.js'
import { InputError } from './input-error.js'
import type { SelectOptions } from './options.js'
import { controllerPlatform } from './prepare.js'

/** The resolvers that runbooks can name: those of the inventory, and the built-in ones. @throws InputError */
export async function listResolvers({ inventory = [] }: Pick<SelectOptions, 'inventory'>): Promise<ReadonlyMap<string, Resolver>> {
  const loaded = await loadInventory(inventory, { controllerPlatform: controllerPlatform(), resolvers: resolverCatalogue })
  if (loaded.diagnostics.length > 0) throw new InputError(loaded.diagnostics.map(formatDiagnostic).join('\n'), loaded.diagnostics)
  return loaded.inventory.resolvers
}
