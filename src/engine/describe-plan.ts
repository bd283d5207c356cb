import type { FactKind } from '../model/fact.js'
import type { Host } from '../model/inventory.js'
import type { Permission } from '../model/permission.js'
import type { Plan, PlannedRequest } from '../model/plan.js'
import { showCommand } from './script/compose.js'
import { makeSections, type Section } from './sections.js'

/** One command that may run on a host. Of the commands of one fact, the first that the host can answer is used. */
export interface DescribedCommand {
  readonly source: string
  /** As a person would type it, privileges included. */
  readonly line: string
  readonly tool: readonly string[]
  readonly args: readonly string[]
  readonly stdin: string
  readonly privileged: boolean
  /** It is run once more, so many milliseconds later; null where once is enough. */
  readonly againAfterMs: number | null
}

export interface DescribedFact {
  readonly fact: string
  /** true: sends traffic. */
  readonly active: boolean
  /** What the user must allow before these commands are run; null where they only read state or send probes. */
  readonly permission: Permission | null
  /** What has to run meanwhile: `capture on web1`; null where nothing has. */
  readonly during: string | null
  /** How many requests this one command answers. */
  readonly requests: number
  readonly commands: readonly DescribedCommand[]
}

export interface DescribedHost {
  readonly name: string
  readonly address: string
  readonly transport: string
  readonly become: string
  readonly facts: readonly DescribedFact[]
}

/** Exactly what the engine would send to each host, before anything is sent. Pure. */
export function describeHosts(plan: Plan, facts: ReadonlyMap<string, FactKind>): readonly DescribedHost[] {
  const byHost = new Map<string, PlannedRequest[]>()
  for (const planned of plan.requests.values()) {
    const same = byHost.get(planned.request.host)
    if (same === undefined) byHost.set(planned.request.host, [planned])
    else same.push(planned)
  }
  return plan.hosts.map((host) => describeHost(host, makeSections(byHost.get(host.name) ?? [], facts, host.platform)))
}

function describeHost(host: Host, sections: readonly Section[]): DescribedHost {
  const { name, address, transport, become } = host
  return { name, address, transport, become, facts: sections.map((section) => describeSection(section, host)) }
}

function describeSection(section: Section, { become }: Host): DescribedFact {
  const commands = section.sources.map(
    ({ name, command }): DescribedCommand => ({
      source: name,
      line: showCommand(command, become),
      tool: command.tool,
      args: command.args,
      stdin: command.stdin ?? '',
      privileged: command.privileged === true && become !== 'none',
      againAfterMs: command.againAfterMs ?? null,
    }),
  )
  const during = section.requests[0]?.request.during
  return {
    fact: section.kind.name,
    active: section.kind.active,
    permission: section.kind.permission ?? null,
    during: during === undefined ? null : `${during.fact} on ${during.host}`,
    requests: section.requests.length,
    commands,
  }
}
