import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { type Topology, topologySchema } from './schema.js'

const folder = join(import.meta.dirname, 'topologies')
const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(topologySchema)

/** @throws Error naming every place where `value` is not a topology, or where two machines share a name. */
export function checkTopology(value: unknown, source: string): Topology {
  if (!validate(value)) {
    const problems = (validate.errors ?? []).map(
      (error) => `  ${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`,
    )
    throw new Error([`${source} is not a topology:`, ...problems].join('\n'))
  }
  const topology = value as unknown as Topology
  const names = [topology.hosts, topology.routers ?? {}, topology.absent ?? {}].flatMap(Object.keys)
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  if (twice.length > 0) throw new Error(`${source}: more than one machine is called ${twice.join(', ')}`)
  return topology
}

/** @param name of a file in `topologies/`, without `.yaml`. */
export function loadTopology(name: string): Topology {
  const file = join(folder, `${name}.yaml`)
  return checkTopology(parse(readFileSync(file, 'utf8')), file)
}
