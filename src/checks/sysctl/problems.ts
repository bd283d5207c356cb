import { boundsProblem, type Expectation, numberType } from '../../lib/expectation.js'
import { nearestHint } from '../../lib/nearest.js'
import { pathOf } from '../../lib/sysctl-key.js'
import type { SpecProblem } from '../../model/check.js'
import { combinationOf, knownSettings } from './combination.js'
import { perInterface } from './key.js'
import type { Spec } from './schema.js'

/** Reports hold what was read, and these are keys of ciphers. */
const secrets = /(^|\/)(tcp_fastopen_key|stable_secret)$/

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [...keyProblems(spec), ...interfaceProblems(spec), ...boundsProblems(spec)]
}

function keyProblems({ key }: Spec): readonly SpecProblem[] {
  const path = pathOf(key)
  const names = path.split('/')
  if (names.some((name) => name === '' || name === '.' || name === '..'))
    return [{ path: ['key'], message: `"${key}" is no key of sysctl`, hint: 'write it like net.ipv4.ip_forward' }]
  if (secrets.test(path)) return [{ path: ['key'], message: `${key} is a secret, and reports hold what was read` }]
  const stars = names.filter((name) => name.includes('*'))
  if (stars.length > 0 && (stars.length > 1 || perInterface(path)?.device !== '*')) {
    const hint = 'write it like net.ipv4.conf.*.rp_filter'
    return [{ path: ['key'], message: `in "${key}" \`*\` does not stand for an interface of net.ipv4.conf or net.ipv6.conf`, hint }]
  }
  return []
}

function interfaceProblems(spec: Spec): readonly SpecProblem[] {
  const setting = perInterface(pathOf(spec.key))
  const star = setting?.device === '*'
  const named = spec.interface ?? spec.interfaces
  if (spec.interface !== undefined && spec.interfaces !== undefined)
    return [{ path: ['interfaces'], message: '`interface` and `interfaces` exclude each other' }]
  const key = spec.interface === undefined ? 'interfaces' : 'interface'
  if (star && named === undefined)
    return [{ path: ['key'], message: 'no interface is given for `*`', hint: 'add `interface: eth0` or `interfaces: all`' }]
  if (!star && named !== undefined)
    return [
      {
        path: [key],
        message: `\`${key}\` needs a key with \`*\` in the place of the interface`,
        hint: 'write it like net.ipv4.conf.*.rp_filter',
      },
    ]
  const reserved = [named].flat().find((name) => name === 'default' || (name === 'all' && spec.interfaces !== 'all'))
  if (reserved !== undefined)
    return [
      {
        path: [key],
        message: `"${reserved}" is no interface`,
        hint: `write the key out: ${spec.key.replace('*', reserved)}, or \`interfaces: all\``,
      },
    ]
  return effectiveProblems(spec)
}

function effectiveProblems(spec: Spec): readonly SpecProblem[] {
  const setting = perInterface(pathOf(spec.key))
  if (spec.effective === undefined ? setting?.device !== '*' : !spec.effective) return []
  const path = spec.effective === undefined ? ['key'] : ['effective']
  if (setting === null) return [{ path, message: `${spec.key} is not a setting of an interface`, hint: 'leave `effective` out' }]
  if (setting.device === 'all' || setting.device === 'default')
    return [
      {
        path,
        message: `\`${setting.device}\` is no interface on which a value is in effect`,
        hint: 'write `*` for it, and `interfaces: all` beside the key',
      },
    ]
  if (combinationOf(setting) !== null) return []
  const message = `what the kernel makes of \`all\` and an interface's own ${setting.setting} is not known here`
  const meant = nearestHint(setting.setting, knownSettings(setting))
  return [{ path, message, hint: meant ?? 'write `effective: false` to judge what is in the file' }]
}

/** A text with fields has an order too, but only numbers are read without a host. */
function boundsProblems({ value }: Spec): readonly SpecProblem[] {
  if (typeof value !== 'object' || typeof value.min === 'string' || typeof value.max === 'string') return []
  const message = boundsProblem(numberType, value as Expectation<number>)
  return message === null ? [] : [{ path: ['value', 'min'], message }]
}
