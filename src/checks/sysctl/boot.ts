import type { SysctlConfig } from '../../facts/sysctl-config/index.js'
import { keyOf, pathOf } from '../../lib/sysctl-key.js'
import type { Finding } from '../../model/check.js'
import { judgeInterface } from './boot-effective.js'
import { configured, later, place, unset } from './boot-files.js'
import { pathFor, perInterface } from './key.js'
import type { Spec } from './schema.js'
import { describeExpected, isExpected, showValue } from './value.js'

/** What files say of the next boot. @param devices for `interfaces: all`. */
export function judgeBoot(spec: Spec, devices: readonly string[], config: SysctlConfig): readonly Finding[] {
  const path = pathOf(spec.key)
  const setting = perInterface(path)
  if (setting === null) return [judgeKey(spec, path, config)]
  const effective = spec.effective ?? setting.device === '*'
  return devices.map((device) =>
    effective ? judgeInterface(spec, { ...setting, device }, config) : judgeKey(spec, pathFor(setting, device), config),
  )
}

function judgeKey(spec: Spec, path: string, config: SysctlConfig): Finding {
  const finding = { subject: `sysctl ${keyOf(path)} at the next boot`, expected: describeExpected(spec.value) }
  const found = configured(path, config)
  if (found === null) return { ...finding, verdict: 'fail', actual: 'set by no file', message: unset(path, config) }
  const value = found.value ?? ''
  const actual = `${showValue(value)} (${place(found)})`
  if (isExpected(spec.value, value)) return { ...finding, verdict: 'pass', actual, message: '' }
  return { ...finding, verdict: 'fail', actual, message: `Change it there, or in a file whose name comes later. ${later}` }
}
