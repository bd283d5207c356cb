export { type LoadedInventory, loadInventory } from './load.js'
export { selectHosts } from './selection.js'
