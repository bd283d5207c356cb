import { diagnosticInText, sourceText } from '../../documents/index.js'
import { addGroup, addHost, type Draft, type Origin } from './draft.js'
import { parseAddress } from './host-pattern.js'

/** Hosts on the command line, `web1,web2:2222,`; ranges are not expanded (`ansible.plugins.inventory.host_list`). */
export function readHostList(draft: Draft, text: string): void {
  const source = sourceText(text)
  let start = 0
  for (const item of text.split(',')) {
    const name = item.trim()
    const at = start + item.indexOf(name)
    start += item.length + 1
    if (name === '') continue
    const address = parseAddress(name)
    const { host, port } = address === null || address.host.includes('[') ? { host: name, port: null } : address
    if (draft.hosts.has(host)) continue
    const origin: Origin = (problem) => diagnosticInText('host list', source, { start: at, end: at + name.length }, problem)
    addHost(draft, addGroup(draft, 'ungrouped'), host, { file: null, origin, port })
  }
}
