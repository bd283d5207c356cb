import type { TransportKind } from '../../model/transport.js'
import { createProcesses, interrupted } from '../process/index.js'

/** Processes on the machine netproof runs on, with its environment. */
export const localTransport: TransportKind = {
  name: 'local',
  summary: 'this machine',
  create: () => ({
    open: (host) => {
      const processes = createProcesses()
      return {
        async exec(request, signal) {
          const { exitCode, aborted } = await processes.run(request, signal)
          if (aborted) throw interrupted(host.name)
          return { exitCode }
        },
        close: processes.close,
      }
    },
  }),
}
