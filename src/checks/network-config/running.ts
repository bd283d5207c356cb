import type { Interfaces } from '../../facts/interfaces/index.js'
import { applying, type NetworkConfig, obstacleTo, opaqueAbout, routesAtBoot, showOpaque } from '../../facts/network-config/index.js'
import type { RouteTables } from '../../facts/routes/index.js'
import type { Rules } from '../../facts/rules/index.js'
import type { Finding } from '../../model/check.js'
import { compareAddresses } from './running-addresses.js'
import { compareRoutes } from './running-routes.js'
import { compareRules } from './running-rules.js'

export interface Running {
  readonly interfaces: Interfaces
  readonly tables: readonly RouteTables[]
  readonly policy: readonly Rules[]
}

/** So many differences are told one by one. */
const most = 20

/** Judges whether what runs is what the next boot sets up: one finding a difference. */
export function judgeRunning(config: NetworkConfig, running: Running, device: string | null, host: string): readonly Finding[] {
  const subject = `network-config${device === null ? '' : ` ${device}`}: matches running`
  const expected = 'the same after a reboot'
  const obstacle = obstacleTo(config, host)
  if (obstacle !== null) return [{ verdict: 'error', subject, expected, actual: 'not known', message: obstacle }]
  const systems = applying(config)
  const owners = systems.flatMap((system) =>
    system.interfaces.filter(({ name }) => name !== 'lo' && (device === null || name === device)).map((each) => ({ system, config: each })),
  )
  const routes = systems.flatMap(routesAtBoot).filter((route) => device === null || route.interface === device)
  const differences = [
    ...compareAddresses(config, running.interfaces, device, owners),
    ...running.tables.flatMap((tables) => compareRoutes(config, routes, tables, device, owners)),
    ...running.policy.flatMap((rules) => compareRules(config, systems, rules)),
  ]
  const opaque = opaqueAbout(config, ['boot', 'addresses', 'routes'], device)
  const doubt = opaque.length === 0 ? '' : showOpaque(opaque)
  const findings = differences.slice(0, most).map(
    ({ what, atBoot, now, message, unsure }): Finding => ({
      verdict: unsure === true || opaque.length > 0 ? 'error' : 'fail',
      subject: `network-config: ${what}`,
      expected: `after a reboot: ${atBoot}`,
      actual: now,
      message: doubt === '' ? message : `${message} But ${doubt}`,
    }),
  )
  if (differences.length > most) {
    findings.push({
      verdict: 'fail',
      subject,
      expected,
      actual: `${differences.length} differences`,
      message: `The first ${most} are shown.`,
    })
  }
  if (findings.length > 0) return findings
  if (opaque.length > 0) return [{ verdict: 'error', subject, expected, actual: 'no difference in what is understood', message: doubt }]
  return [{ verdict: 'pass', subject, expected, actual: 'the same', message: '' }]
}
