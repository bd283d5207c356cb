import { join } from 'node:path'
import type { Lab } from '../lab/index.js'
import type { ServiceSpec } from '../lab/schema.js'
import { serviceLines } from '../lab/services.js'

const script = join(import.meta.dirname, '../lab/services.pl')

/** Starts a service on a host of a running lab. Resolves once its port is bound. */
export async function serve(lab: Lab, host: string, service: ServiceSpec): Promise<void> {
  const { exitCode, stderr } = await lab.exec(host, ['perl', script], { input: `${serviceLines([service]).join('\n')}\n` })
  if (exitCode !== 0) throw new Error(`no service on ${host}: ${stderr}`)
}

/** Ends the process that listens on a TCP port of a host, at one address if there are several. Resolves once nothing listens there. */
export async function endService(lab: Lab, host: string, port: number, address?: string): Promise<void> {
  const filter = `sport = ${port}${address === undefined ? '' : ` and src ${address}`}`
  await lab.sh(
    host,
    `kill $(ss -Hltnp '${filter}' | grep -o 'pid=[0-9]*' | cut -d= -f2 | sort -u)
while [ -n "$(ss -Hltn '${filter}')" ]; do sleep 0.01; done`,
  )
}
