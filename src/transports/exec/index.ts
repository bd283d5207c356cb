import { TransportError } from '../../lib/errors.js'
import type { Host } from '../../model/inventory.js'
import type { ExecRequest, TransportKind } from '../../model/transport.js'
import { createProcesses, interrupted } from '../process/index.js'

/**
 * Processes behind a wrapper's words: `ip netns exec web1`, `docker exec -i web1`, `kubectl exec -i web1 --`.
 * The wrapper must pass standard input on. Its own failures cannot be told from the command's:
 * its messages arrive as standard error, and the caller sees that the command never began.
 */
export const execTransport: TransportKind = {
  name: 'exec',
  summary: 'a wrapper command on this machine, such as ip netns exec, docker exec -i or kubectl exec -i',
  create: () => ({
    open: (host) => {
      const processes = createProcesses()
      return {
        async exec(request, signal) {
          const { exitCode, aborted } = await processes.run(
            { ...request, argv: wrapped(host, request.argv), onOutput: (stream, chunk) => request.onOutput(stream, chunk) },
            signal,
          )
          if (aborted) throw interrupted(host.name)
          return { exitCode }
        },
        close: processes.close,
      }
    },
  }),
}

function wrapped(host: Host, argv: ExecRequest['argv']): ExecRequest['argv'] {
  const [file, ...words] = host.command ?? []
  if (file === undefined) {
    throw new TransportError(
      'transport',
      `${host.name}: transport exec needs a command in the inventory, such as [ip, netns, exec, ${host.name}]`,
    )
  }
  return [file, ...words, ...argv]
}
