export { type InventoryOptions, type LoadedInventory, loadInventory } from './load.js'
export { type Selection, type SelectionProblem, selectHosts } from './selection.js'
export { type SshConfigHost, type SshConfigHosts, sshConfigHosts } from './ssh-config/index.js'
