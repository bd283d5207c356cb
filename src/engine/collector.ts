import { printableLine } from '../lib/printable.js'
import type { FactError, FactKind, FactRecord } from '../model/fact.js'
import type { Host } from '../model/inventory.js'
import type { Json } from '../model/json.js'
import { type Permission, permissions } from '../model/permission.js'
import type { PlannedRequest } from '../model/plan.js'
import type { Platform } from '../model/platform.js'
import type { Transport } from '../model/transport.js'
import { failedRecord } from './failed-record.js'
import { showCommand } from './script/compose.js'
import { lacksSecondReading, makeSections, readSection, type Section } from './sections.js'
import { type Announcement, defaultLimits, type VisitLimits, type VisitOutcome, visit } from './visit.js'

/** Answers requests about one host: the one message that is asked of a host, and its answer. */
export interface Collector {
  /** One record for each request, in any order. Never rejects; a failure is a record too. */
  collect(requests: readonly PlannedRequest[], signal: AbortSignal): Promise<readonly FactRecord[]>
  /**
   * Answers one request of a kind that announces itself (`FactKind.announces`), in a visit of its own. Never rejects.
   * Absent where nothing happens any more, as in a recording: there everything is simply collected.
   */
  observe?(planned: PlannedRequest, announcement: Announcement, signal: AbortSignal): Promise<FactRecord>
  /** Ends what this collector holds. Never rejects. */
  close(): Promise<void>
}

/**
 * Learns facts by running their sources over a transport: as a rule in one visit.
 * @param allowed what the user of this run allows; nothing of a fact that needs more is sent to the host.
 */
export function liveCollector(
  host: Host,
  transport: Transport,
  facts: ReadonlyMap<string, FactKind>,
  limits: VisitLimits = defaultLimits,
  allowed: ReadonlySet<Permission> = new Set(),
): Collector {
  const learn = async (requests: readonly PlannedRequest[], signal: AbortSignal, announcement?: Announcement): Promise<FactRecord[]> => {
    let isOver = false
    const ready = (): void => {
      isOver = true
      announcement?.ready()
    }
    const noted = announcement && { ...announcement, ready }
    const records: FactRecord[] = []
    const started = performance.now()
    const settle = (section: Section, outcome: { source: string; values: readonly Json[] } | { error: FactError }): void => {
      records.push(...recordsOf(section, outcome, performance.now() - started))
    }
    const all = makeSections(requests, facts, host.platform)
    for (const section of all.filter(({ sources }) => sources.length === 0)) settle(section, unsupported(section, host.platform))
    let pending: readonly Section[] = all.filter((section) => {
      const refusal = section.sources.length === 0 ? null : (whyForbidden(section, allowed) ?? whyUnspeakable(section))
      if (refusal !== null) settle(section, refusal)
      return section.sources.length > 0 && refusal === null
    })
    // Each turn settles a section or moves one to its next source, so the turns are bounded by the number of sources.
    while (pending.length > 0) {
      const outcome = await visit(transport, pending, host.become, limits, signal, noted)
      pending = pending.flatMap((section, index) => {
        const next = judge(section, index, outcome, host.platform)
        if ('error' in next || 'values' in next) settle(section, next)
        // What was to happen meanwhile has happened: another source would see nothing of it.
        else if (isOver) settle(section, { error: next.failures.at(-1) ?? skippedByHost })
        else return [next]
        return []
      })
    }
    return records
  }
  return {
    collect: (requests, signal) => learn(requests, signal),
    observe: async (planned, announcement, signal) => {
      const [record] = await learn([planned], signal, announcement)
      return record ?? failedRecord(planned, skippedByHost)
    },
    close: () => transport.close(),
  }
}

function whyForbidden({ kind }: Section, allowed: ReadonlySet<Permission>): { error: FactError } | null {
  if (kind.permission === undefined || allowed.has(kind.permission)) return null
  const { option, means } = permissions[kind.permission]
  return { error: { reason: 'permission', message: `${kind.name} ${means}: only with ${option}` } }
}

/** Words that no shell can carry spoil their own fact only, not the visit. */
function whyUnspeakable(section: Section): { error: FactError } | null {
  try {
    for (const { command } of section.sources) showCommand(command, 'none')
    return null
  } catch (error) {
    return { error: { reason: 'transport', message: printableLine((error as Error).message) } }
  }
}

function judge(section: Section, index: number, outcome: VisitOutcome, platform: Platform): ReturnType<typeof readSection> {
  const attempts = outcome.attempts[index] ?? []
  if (outcome.broken?.section === index) return { error: outcome.broken.error }
  if (outcome.system !== null && platformOf(outcome.system) !== platform) return { error: wrongPlatform(outcome.system, platform) }
  if (lacksSecondReading(section, attempts)) {
    // Ended while another command hung: a new window begins with the next visit.
    return outcome.lost === null && outcome.broken !== null ? section : { error: outcome.lost ?? skippedByHost }
  }
  const accepted = attempts.some((attempt) => 'output' in attempt)
  if (attempts.length > 0 && (outcome.lost === null || accepted)) return readSection(section, attempts)
  if (outcome.lost !== null) return { error: outcome.lost }
  // The script was ended during an earlier section; this one has not been tried.
  if (outcome.broken !== null && index > outcome.broken.section) return section
  return { error: skippedByHost }
}

const skippedByHost: FactError = { reason: 'connection-lost', message: 'the host skipped this command' }

const systems: Record<string, Platform> = { Linux: 'linux', Darwin: 'darwin', FreeBSD: 'freebsd' }
const platformOf = (system: string): Platform | undefined => systems[system]

function wrongPlatform(system: string, platform: Platform): FactError {
  return {
    reason: 'unsupported-platform',
    message: `the inventory says platform ${platform}, but the host says it is ${printableLine(system, 40)}`,
  }
}

function unsupported(section: Section, platform: Platform): { error: FactError } {
  return { error: { reason: 'unsupported-platform', message: `${section.kind.name} cannot be learnt on platform ${platform}` } }
}

function recordsOf(
  section: Section,
  outcome: { readonly source: string; readonly values: readonly Json[] } | { readonly error: FactError },
  durationMs: number,
): FactRecord[] {
  const at = new Date().toISOString()
  return section.requests.map(({ key, request }, index) => ({
    key,
    host: request.host,
    fact: request.fact,
    args: request.args,
    at,
    durationMs: Math.round(durationMs * 1_000) / 1_000,
    source: 'values' in outcome ? outcome.source : null,
    outcome: 'values' in outcome ? { value: outcome.values[index] ?? null } : { error: outcome.error },
  }))
}
