import type { FactError, FactRequest } from './fact.js'
import type { Host, Inventory } from './inventory.js'
import type { Json } from './json.js'
import type { Verdict } from './verdict.js'

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = { readonly [key: string]: unknown }

/** One comparison between what was expected and what was seen. */
export interface Finding {
  readonly verdict: Exclude<Verdict, 'skip'>
  /** What was compared, in the words of the runbook: `route default: via`. */
  readonly subject: string
  readonly expected: string
  readonly actual: string
  /** For a person at 02:00: what this means and where to look next. May be empty on a pass. */
  readonly message: string
}

/** Evidence in a format of its own, for a person with the right tool. */
export interface Attachment {
  /** With the suffix that its format goes by: `capture.pcap`. */
  readonly name: string
  readonly mediaType: string
  readonly base64: string
}

/** Named wishes of a check. More than one host may be asked. */
export type FactNeeds = Readonly<Record<string, FactRequest | readonly FactRequest[]>>

type ValueOf<Request> = Request extends FactRequest<infer Value> ? Value : never

/** What a check receives: for each wish the value, a list for a list. */
export type FactsOf<Needs extends FactNeeds> = {
  readonly [Name in keyof Needs]: Needs[Name] extends readonly FactRequest[]
    ? readonly ValueOf<Needs[Name][number]>[]
    : ValueOf<Needs[Name]>
}

/** What a check may know beside its own specification. */
export interface CheckContext {
  /** The host whose view is asked for. */
  readonly host: Host
  readonly inventory: Inventory
  /** The check's `timeout`, for probes that wait; in milliseconds. */
  readonly timeoutMs: number
}

/** The facts that a check asked for beside its needs, as far as they have been tried. */
export interface Learnt {
  /** undefined: not asked for yet. */
  of<Value extends Json>(request: FactRequest<Value>): { readonly value: Value } | { readonly error: FactError } | undefined
}

/** A fault in a specification that its schema cannot express. */
export interface SpecProblem {
  /** Keys from the specification down to the fault: `['target', 0]`. */
  readonly path: readonly (string | number)[]
  /** What was expected and what was found. */
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
}

/** One kind of check: it says which facts it needs, and judges them. It never does I/O. */
export interface CheckKind<Spec = unknown, Needs extends FactNeeds = FactNeeds> {
  readonly kind: string
  /** One line, for `netproof list checks`. */
  readonly summary: string
  /** Of `Spec`; the TypeScript type is derived from it. */
  readonly schema: JsonSchema
  /**
   * Keys of the specification whose texts become words of a process, where others on the host can read them: a value from the
   * environment is refused there. `instead` says where it can stand.
   */
  readonly inArgv?: { readonly keys: readonly string[]; readonly instead: string }
  /** Faults the schema cannot express, such as an impossible prefix; pure. */
  problems?(spec: Spec): readonly SpecProblem[]
  /**
   * For a kind whose specification names its hosts itself: the one whose result it is, whatever `on` says.
   * Then a check is carried out once, not once for each host of `on`.
   */
  hostOf?(spec: Spec): string
  /** Faults that only the inventory shows, such as a host that it has not; pure. A check with such faults is not planned. */
  problemsOn?(spec: Spec, context: CheckContext): readonly SpecProblem[]
  needs(spec: Spec, context: CheckContext): Needs
  /**
   * What this check would like to know too, seeing what is known; pure. It is asked again with every answer, until it names
   * nothing new. Unlike a need, such a fact may fail: the check receives the error.
   */
  further?(spec: Spec, facts: FactsOf<Needs>, context: CheckContext, learnt: Learnt): readonly FactRequest[]
  /** Pure and synchronous. At least one finding; the verdict is the worst of them. */
  evaluate(spec: Spec, facts: FactsOf<Needs>, context: CheckContext, learnt: Learnt): readonly Finding[]
  /** What is kept of a check that did not pass, beside its findings; pure. */
  attachments?(spec: Spec, facts: FactsOf<Needs>, context: CheckContext): readonly Attachment[]
}

/** A check kind whose types have been forgotten, as tables hold it. */
export type AnyCheckKind = {
  readonly kind: string
  readonly summary: string
  readonly schema: JsonSchema
  readonly inArgv?: { readonly keys: readonly string[]; readonly instead: string }
  problems?(spec: never): readonly SpecProblem[]
  hostOf?(spec: never): string
  problemsOn?(spec: never, context: CheckContext): readonly SpecProblem[]
  needs(spec: never, context: CheckContext): FactNeeds
  further?(spec: never, facts: never, context: CheckContext, learnt: Learnt): readonly FactRequest[]
  evaluate(spec: never, facts: never, context: CheckContext, learnt: Learnt): readonly Finding[]
  attachments?(spec: never, facts: never, context: CheckContext): readonly Attachment[]
}
