import { nearestHint } from '../../lib/nearest.js'
import { splitWords } from '../../lib/words.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Origin } from './draft.js'
import type { Rendered } from './template.js'

/** Reads Ansible's connection variables of one host, and collects what is wrong with them. */
export interface Settings {
  /** Why the host cannot be reached as described. */
  readonly faults: Diagnostic[]
  /** What is not done as described. */
  readonly notes: Diagnostic[]
  /** The last of `names` that is set, as Ansible prefers them. */
  find(...names: string[]): Setting | undefined
}

interface Setting extends Rendered {
  readonly name: string
}

export function settingsOf(lookup: (name: string) => Rendered | undefined): Settings {
  const find = (...names: string[]): Setting | undefined =>
    names
      .map((name) => {
        const rendered = lookup(name)
        return rendered === undefined || (rendered.value === null && rendered.trouble === null) ? undefined : { name, ...rendered }
      })
      .findLast((setting) => setting !== undefined)
  return { faults: [], notes: [], find }
}

/** A setting as text; undefined when it is absent, empty or wrong, which is then a fault. */
export function textSetting(
  settings: Settings,
  ...names: string[]
): { readonly text: string; readonly origin: Origin; readonly name: string } | undefined {
  const setting = settings.find(...names)
  if (setting === undefined) return undefined
  const { name, value, origin, trouble } = setting
  if (trouble !== null) {
    const seen = typeof value === 'string' ? ` as ${JSON.stringify(value)}` : ''
    settings.faults.push(
      origin({ code: 'template', message: `${name} is not known${seen}: ${trouble}`, hint: `set ${name} to a plain value for netproof` }),
    )
    return undefined
  }
  if (typeof value === 'string' || typeof value === 'number')
    return String(value) === '' ? undefined : { text: String(value), origin, name }
  settings.faults.push(origin({ code: 'wrong-type', message: `expected text for ${name}, found ${JSON.stringify(value)}` }))
  return undefined
}

/** A word that is handed to a program: an address, a login, a name of a container. */
export function wordSetting(settings: Settings, ...names: string[]): string | undefined {
  const setting = textSetting(settings, ...names)
  if (setting === undefined || isSafeWord(setting.text)) return setting?.text
  settings.faults.push(
    setting.origin({
      code: 'bad-word',
      message: `expected one word that does not begin with "-" for ${setting.name}, found ${JSON.stringify(setting.text)}`,
    }),
  )
  return undefined
}

/** Not an option, and without white space or control characters. */
export function isSafeWord(text: string): boolean {
  return /^[^\s\p{Cc}-][^\s\p{Cc}]*$/u.test(text)
}

/** @returns a port from 1 to 65535. */
export function portSetting(settings: Settings, ...names: string[]): number | undefined {
  const setting = textSetting(settings, ...names)
  if (setting === undefined) return undefined
  const port = /^\d{1,5}$/.test(setting.text) ? Number(setting.text) : 0
  if (port >= 1 && port <= 65_535) return port
  settings.faults.push(
    setting.origin({ code: 'bad-port', message: `expected a port from 1 to 65535 for ${setting.name}, found ${setting.text}` }),
  )
  return undefined
}

/** A command line as its words; empty when it is not set. */
export function wordsSetting(settings: Settings, name: string): readonly string[] {
  const setting = textSetting(settings, name)
  if (setting === undefined) return []
  const split = splitWords(setting.text)
  if (!('error' in split)) return split.words.map(({ text }) => text)
  settings.faults.push(setting.origin({ code: 'bad-words', message: `expected words as in a shell for ${name}, found ${split.error}` }))
  return []
}

/** `ansible.module_utils.parsing.convert_bool`. */
const truth: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 'on', '1', 'true', 't', '1.0'].map((word) => [word, true] as const),
  ...['n', 'no', 'off', '0', 'false', 'f', '0.0'].map((word) => [word, false] as const),
])

export function booleanSetting(settings: Settings, ...names: string[]): boolean | undefined {
  const setting = settings.find(...names)
  if (setting === undefined) return undefined
  const { name, value, origin, trouble } = setting
  const meant = truth.get(String(value).toLowerCase().trim())
  if (trouble === null && meant !== undefined) return meant
  const message = trouble === null ? `expected yes or no for ${name}, found ${JSON.stringify(value)}` : `${name} is not known: ${trouble}`
  settings.notes.push(origin({ code: 'not-a-boolean', message }))
  return undefined
}

/** One of `allowed`, or a fault that names them. */
export function choiceSetting<Choice extends string>(settings: Settings, allowed: readonly Choice[], name: string): Choice | undefined {
  const setting = textSetting(settings, name)
  if (setting === undefined) return undefined
  const choice = allowed.find((word) => word === setting.text)
  if (choice !== undefined) return choice
  const hint = nearestHint(setting.text, allowed)
  settings.faults.push(
    setting.origin({ code: 'unknown-value', message: `expected ${name} to be one of ${allowed.join(', ')}, found ${setting.text}`, hint }),
  )
  return undefined
}
