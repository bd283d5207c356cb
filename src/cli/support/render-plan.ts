import type { PlanDescription } from '../../api/plan.js'
import type { DescribedCommand, DescribedFact, DescribedHost } from '../../engine/describe-plan.js'
import { formatDuration } from '../../lib/duration.js'
import { counted } from '../../lib/plural.js'
import { printable, printableLine } from '../../lib/printable.js'
import { permissionNames, permissions } from '../../model/permission.js'

/** A plan for people: by host, what is read, what is sent, what is judged. */
export function renderPlan(plan: PlanDescription, verbose: boolean): string {
  const hosts = plan.hosts.map((host) => renderHost(host, plan, verbose))
  const skipped = plan.checks.filter(({ skip }) => skip !== null).length
  const total = `${counted(plan.hosts.length, 'host')} · ${counted(plan.checks.length, 'check')}${skipped > 0 ? ` (${skipped} skipped)` : ''}`
  return `${[...hosts, total].join('\n')}\n`
}

function renderHost(host: DescribedHost, plan: PlanDescription, verbose: boolean): string {
  const checks = plan.checks.filter((check) => check.host === host.name)
  const become = host.become === 'none' ? '' : `, ${host.become} where needed`
  const lines = [`${host.name}  ${host.transport} ${host.address}${become}`]
  const harmless = host.facts.filter(({ permission }) => permission === null)
  const state = harmless.filter(({ active }) => !active)
  const probes = harmless.filter(({ active }) => active)
  if (state.length > 0) lines.push('  reads', ...state.flatMap((fact) => renderFact(fact, verbose)))
  if (probes.length > 0) lines.push('  sends', ...probes.flatMap((fact) => renderFact(fact, verbose)))
  for (const permission of permissionNames) {
    const facts = host.facts.filter((fact) => fact.permission === permission)
    // What may change a host is shown whole: it is what somebody has to trust.
    if (facts.length > 0)
      lines.push(`  runs, with ${permissions[permission].option} only`, ...facts.flatMap((fact) => renderFact(fact, true)))
  }
  if (checks.length > 0) lines.push('  judges')
  for (const { kind, name, location, skip, asksOn } of checks) {
    const text = printableLine(`${kind}: ${name}`, 70)
    const note = skip !== null ? `  (skipped: ${printableLine(skip)})` : asksOn ? '  (may ask more, seeing the answers)' : ''
    lines.push(`    ${text}  ${location.file}:${location.line}${note}`)
  }
  return `${lines.join('\n')}\n`
}

function renderFact(fact: DescribedFact, verbose: boolean): string[] {
  const [first, ...others] = fact.commands
  if (first === undefined) return [`    ${fact.fact}: no way to learn this on the host's platform`]
  const line = show(first, verbose)
  const notes = [
    // A program that is not shown says nothing of what it is for.
    /<\d+ characters>/.test(line) ? fact.fact : '',
    fact.requests > 1 ? `${fact.requests} requests` : '',
    first.againAfterMs === null ? '' : `twice, ${formatDuration(first.againAfterMs)} apart`,
    fact.during === null ? '' : `while ${printableLine(fact.during)} runs`,
  ].filter((note) => note !== '')
  const noted = `    ${line}${notes.length === 0 ? '' : `   # ${notes.join(', ')}`}`
  if (verbose) return [noted, ...others.map((command) => `      else ${show(command, verbose)}`)]
  return others.length === 0 ? [noted] : [noted, `      else ${others.map(({ source }) => source).join(', ')}`]
}

/** Long programs and long inputs are named by their size, unless everything is asked for. */
function show(command: DescribedCommand, verbose: boolean): string {
  if (verbose) return printable(command.line)
  const privileged = command.privileged ? 'sudo -n -- ' : ''
  const words = [command.tool[0] ?? '', ...command.args].map((word) =>
    word.length > 60 || word.includes('\n') ? `<${word.length} characters>` : word,
  )
  const input = command.stdin === '' ? '' : ` <<< ${command.stdin.trimEnd().split('\n').length} lines`
  return printableLine(`${privileged}${words.join(' ')}${input}`, 200)
}
