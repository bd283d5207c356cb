import type { FactKind, Source } from '../../model/fact.js'
import { readFrames } from './frames.js'
import { configScript } from './script.js'
import { networkConfigShape } from './shape.js'
import { readSystems } from './systems.js'
import type { NetworkConfig, NetworkConfigArgs } from './value.js'

export { type BootRoute, bootRoutes, metricAtBoot } from './boot-routes.js'
export { routeRemedy, type WantedRoute } from './remedy.js'
export type * from './value.js'
export { methods } from './value.js'
export {
  applying,
  interfacesNamed,
  lookedAt,
  obstacleTo,
  opaqueAbout,
  routesAtBoot,
  showConfiguredRoute,
  showOpaque,
  showPlace,
  systemNames,
} from './view.js'

/** The files themselves: what a tool would tell is what runs, and some tools start what they ask (netplan-status(8)). */
const files: Source<NetworkConfigArgs, NetworkConfig> = {
  name: 'configuration files',
  command: () => ({ tool: ['sh'], args: ['-c', configScript], privileged: true }),
  parse: ({ stdout }, requests) => {
    const config = readSystems(readFrames(stdout))
    return requests.map(() => config)
  },
}

/** What is configured to survive a reboot, whatever the system uses. */
export const networkConfig: FactKind<NetworkConfigArgs, NetworkConfig> = {
  name: 'network-config',
  summary: 'What the network configuration files of a host say, and which of them take effect at boot',
  active: false,
  group: () => '',
  isValue: networkConfigShape,
  sources: { linux: [files] },
}
