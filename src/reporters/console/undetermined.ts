import type { Result } from '../../model/report.js'
import { groupBy } from '../group.js'
import { entry, nameOf, placeOf } from './entries.js'
import { wrap } from './fit.js'
import { bounded, hanging, header, indent, mark, type Page, withPlace } from './page.js'

/** From how many on hosts with the same trouble share an entry. */
const fewestToMerge = 4
/** Further checks of one group are counted, unless `--verbose`. */
const mostNames = 10

interface SilentHost {
  readonly host: string
  readonly checks: number
}

/**
 * Entries for what could not be determined: a reason is said once for a host, and once for all hosts of which nothing
 * else is known.
 * @param errors in the order to show.
 * @param judged how many results each host has, skipped ones aside.
 */
export function* undetermined(page: Page, errors: readonly Result[], judged: ReadonlyMap<string, number>): Generator<readonly string[]> {
  const silent = new Map<string, SilentHost[]>()
  for (const [host, results] of groupBy(errors, (result) => result.host)) {
    const [first] = results
    const alike = results.every((result) => result.reason === first?.reason && isBare(result))
    if (first !== undefined && alike && results.length > 1 && results.length === judged.get(host)) {
      silent.set(first.reason, [...(silent.get(first.reason) ?? []), { host, checks: results.length }])
    } else {
      yield* partly(page, host, results)
    }
  }
  for (const [reason, hosts] of silent) yield* wholly(page, reason, hosts)
}

/** Nothing to show but its reason. */
function isBare({ findings }: Result): boolean {
  return findings.every(({ verdict }) => verdict === 'pass')
}

function* partly(page: Page, host: string, results: readonly Result[]): Generator<readonly string[]> {
  const groups = groupBy(results, (result): string | Result => (isBare(result) ? result.reason : result))
  for (const group of groups.values()) {
    const [first, second] = group
    if (first === undefined) continue
    yield second === undefined ? entry(page, first) : together(page, host, group, first.reason)
  }
}

function together(page: Page, host: string, results: readonly Result[], reason: string): readonly string[] {
  const shown = page.verbose ? results : results.slice(0, mostNames)
  const room = page.width - indent.length
  const names = shown.flatMap((result) => withPlace(page, wrap(nameOf(result), room), placeOf(result), indent.length))
  const more = results.length - shown.length
  return [
    ...header(page, 'error', host, `${results.length} checks: ${bounded(page, reason)}`),
    ...names.map((line) => `${indent}${line}`),
    ...(more === 0 ? [] : [`${indent}… and ${more} more, with --verbose`]),
  ]
}

function* wholly(page: Page, reason: string, hosts: readonly SilentHost[]): Generator<readonly string[]> {
  if (hosts.length < fewestToMerge) {
    for (const { host, checks } of hosts) yield header(page, 'error', host, `every check (${checks}): ${bounded(page, reason)}`)
    return
  }
  const checks = hosts.reduce((sum, host) => sum + host.checks, 0)
  const who = `${hosts.length} hosts`
  const prefix = ` ${mark(page, 'error')} ${page.paint('bold', who)}  `
  yield [
    ...hanging(page, prefix, `every check (${checks}): ${bounded(page, reason)}`, who.length + 5),
    ...hanging(page, indent, bounded(page, hosts.map(({ host }) => host).join(', '))),
  ]
}
