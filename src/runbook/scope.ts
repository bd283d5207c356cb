import { nearest } from '../lib/nearest.js'
import type { Json, JsonObject } from '../model/json.js'
import { Budget } from './budget.js'
import { fillIn } from './fill.js'
import type { Found, Lookup } from './lookup.js'

/** Where values come from, the first before the last. */
export interface Sources {
  /** `--var`. Data: `${…}` in them means nothing. */
  readonly overrides: JsonObject
  /** Variables of the host, and of its groups. Data as well. */
  readonly host: JsonObject
  /** `vars` of the runbook: they may refer to variables. */
  readonly runbook: JsonObject
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Longer chains of variables that refer to variables are a mistake. */
const maxChain = 32

/** All variables as one host sees them, and what was asked of them. */
export class Scope implements Lookup {
  /** First parts of all names that were looked up and that a host could define otherwise. */
  readonly overridable = new Set<string>()
  /** Values that came from the environment. */
  readonly secrets = new Set<string>()
  readonly budget = new Budget()
  private readonly chain: string[] = []
  private readonly known = new Map<string, Found>()

  constructor(private readonly sources: Sources) {}

  lookup(name: string): Found {
    const before = this.known.get(name)
    if (before !== undefined) return before
    if (this.chain.includes(name)) return circle([...this.chain.slice(this.chain.indexOf(name)), name])
    if (this.chain.length >= maxChain) {
      return { problem: { code: 'variable-circle', message: `more than ${maxChain} variables refer to each other, "${name}" is the last` } }
    }
    this.chain.push(name)
    const found = name.startsWith('env:') ? this.fromEnvironment(name.slice(4)) : this.fromVariables(name.split('.'))
    this.chain.pop()
    // What went wrong may only be wrong within this chain.
    if ('value' in found || this.chain.length === 0) this.known.set(name, found)
    return found
  }

  private fromEnvironment(name: string): Found {
    const value = this.sources.env[name]
    if (value === undefined) {
      const message = `the environment has no variable "${name}"`
      return { problem: { code: 'undefined-environment', message, hint: `set it before the run: ${name}=…` } }
    }
    if (value !== '') this.secrets.add(value)
    return { value, isSecret: true }
  }

  private fromVariables([head = '', ...rest]: readonly string[]): Found {
    const { overrides, host, runbook } = this.sources
    if (!has(overrides, head)) this.overridable.add(head)
    const owner = [overrides, host, runbook].find((variables) => has(variables, head))
    if (owner === undefined) return missing(head, [...Object.keys(overrides), ...Object.keys(host), ...Object.keys(runbook)])
    const value = owner[head] ?? null
    return this.inside(value, rest, [head], owner === runbook)
  }

  private inside(value: Json, [step, ...rest]: readonly string[], path: readonly string[], isTemplate: boolean): Found {
    const filled = isTemplate && (step === undefined || typeof value === 'string') ? this.expand(value) : { value }
    if ('problem' in filled || step === undefined) return filled
    const { value: inner, isSecret = false } = filled
    const stillTemplate = isTemplate && inner === value
    if (typeof inner !== 'object' || inner === null) return notInside(path, step)
    if (!has(inner as JsonObject, step)) return missing(step, Object.keys(inner), path.join('.'))
    const found = this.inside((inner as JsonObject)[step] ?? null, rest, [...path, step], stillTemplate)
    return isSecret && 'value' in found ? { ...found, isSecret } : found
  }

  private expand(value: Json): Found {
    const { value: filled, problems, secret } = fillIn(value, this)
    const [first] = problems
    if (first === undefined) return secret.length > 0 ? { value: filled, isSecret: true } : { value: filled }
    const { source: _source, path: _path, ...problem } = first
    return { problem }
  }
}

function has(variables: JsonObject, name: string): boolean {
  return Object.hasOwn(variables, name)
}

function circle(names: readonly string[]): Found {
  return { problem: { code: 'variable-circle', message: `variables refer to each other in a circle: ${names.join(' → ')}` } }
}

function missing(name: string, known: readonly string[], within?: string): Found {
  const near = nearest(name, known)
  const message = within === undefined ? `no variable is called "${name}"` : `the variable "${within}" has no "${name}"`
  const literal = within === undefined ? `define it under vars, in the inventory, or with --var; "$\${" is a literal "\${"` : undefined
  const all = within !== undefined && known.length > 0 && known.length <= 20 ? `it has ${known.join(', ')}` : literal
  return { problem: { code: 'undefined-variable', message, hint: near === null ? all : `did you mean "${near}"?` } }
}

function notInside(path: readonly string[], step: string): Found {
  const message = `the variable "${path.join('.')}" is a single value, there is no "${step}" in it`
  return { problem: { code: 'undefined-variable', message } }
}
