import type { Json, JsonObject } from './json.js'
import type { Permission } from './permission.js'
import type { Platform } from './platform.js'

declare const valueType: unique symbol

/** A wish to know one fact about one host, as data. `Value` exists for the compiler only. */
export interface FactRequest<Value extends Json = Json> {
  readonly fact: string
  readonly host: string
  readonly args: JsonObject
  /** Asked while this one runs, once it has announced itself (`FactKind.announces`); a check that asks so needs both. */
  readonly during?: FactRequest
  readonly [valueType]?: Value
}

/**
 * One command line, held as data until the engine quotes it for the shell of the host.
 * It only reads state or sends probes, unless its fact needs a permission.
 */
export interface Command {
  /** Names or absolute paths of programs; the first that the host has is run. */
  readonly tool: readonly [string, ...string[]]
  readonly args: readonly string[]
  /** Fed to the program's standard input, which is empty otherwise. */
  readonly stdin?: string
  /** Run through the host's `become`, where the inventory allows it. */
  readonly privileged?: boolean
  /** Exit codes after which the output is worth parsing, `any` for all; default only 0. After any other the next source is tried. */
  readonly accept?: readonly number[] | 'any'
  /**
   * The program is named by a runbook: only a program in a file is run, never a word of the shell (`cd`, `exit`), and whatever it
   * does to its own process leaves the rest of the visit alone. What it leaves running is ended with the visit.
   */
  readonly foreign?: boolean
  /** Bytes of standard output after which it is ended; default 64 MiB. */
  readonly outputBytes?: number
  /** How long this command may take by its nature (a probe that waits), in milliseconds; overrides the general bound when larger. */
  readonly timeoutMs?: number
  /**
   * The command is run once more, at least so many milliseconds after the first time, for what is judged by its change. The
   * rest of the visit runs between the readings, probes included, so that all windows of a host pass at once.
   */
  readonly againAfterMs?: number
}

/** What a command left behind. Text is decoded as UTF-8; bytes that are not become U+FFFD. */
export interface CommandOutput {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Standard error went on after what is kept of it. */
  readonly stderrCut?: boolean
  /** The second reading of a command with `againAfterMs`; its exit code was accepted. */
  readonly again?: Reading
}

/** What a command printed when it was run for the second time. */
export interface Reading {
  readonly stdout: string
  readonly stderr: string
  /** Milliseconds between the starts of the two runs, by the clock of the host; whole hundredths of a second. */
  readonly afterMs: number
}

/** Reads what one command prints while it prints it. */
export interface OutputReader<Value extends Json> {
  /** A further piece of its standard output, cut anywhere. What is thrown here counts as thrown by `end`. */
  take(text: string): void
  /** The command has ended; its `stdout`, which was taken before, is empty here. As `Source.parse`. */
  end(output: CommandOutput): readonly Value[]
}

/** One way to learn a fact on one platform. */
export interface Source<Args extends JsonObject, Value extends Json> {
  /** Shown in plans and evidence: `ip -j`, `/proc`. */
  readonly name: string
  /** One command that answers all of these requests; there is always at least one. */
  command(requests: readonly Args[]): Command
  /**
   * One value for each request, in their order.
   * @throws NotUnderstood when the output is not what this source knows; the next source is then asked.
   * @throws NotLearnable when the source says why the fact cannot be learnt on this host.
   */
  parse(output: CommandOutput, requests: readonly Args[]): readonly Value[]
  /** For output of megabytes, so that the host's work and ours overlap: gives what `parse` gives. Not with `againAfterMs`. */
  read?(requests: readonly Args[]): OutputReader<Value>
}

/** A typed value about a host, and the ways to learn it. Never runs anything. */
export interface FactKind<Args extends JsonObject = JsonObject, Value extends Json = Json> {
  readonly name: string
  readonly summary: string
  /** true: sends traffic (a probe), or may do so. false: only reads state. */
  readonly active: boolean
  /** For a fact whose commands may do more than read state and send probes: a run asks for it only where its user allows that. */
  readonly permission?: Permission
  /**
   * true: what it tells is what happens meanwhile, so that others are asked `during` it. Its commands read two kinds of lines from
   * standard input, which is not theirs for `stdin`: the first line they print once they are ready, as a line of its own; a line
   * `enough` says that all that was asked during them is answered. They end by themselves, and at once when standard input ends.
   * Each such request is asked by itself, beside whatever else its host is asked.
   */
  readonly announces?: boolean
  /**
   * Requests of one group are answered by one command. Default: every request is a group of its own.
   * A probe groups what can share one process.
   */
  group?(args: Args): string
  /** Whether data from a recording, which anybody may have written or damaged, is a value of this fact. */
  isValue(value: unknown): value is Value
  /** In the order in which they are tried. */
  readonly sources: Partial<Record<Platform, readonly Source<Args, Value>[]>>
}

/** Why a fact could not be learnt. */
export const factErrorReasons = [
  'unreachable',
  'login-refused',
  'host-key',
  'connection-lost',
  'timeout',
  'too-much-output',
  'tool-missing',
  'permission',
  'not-understood',
  'unsupported-platform',
  'not-recorded',
  'interrupted',
  'transport',
] as const
export type FactErrorReason = (typeof factErrorReasons)[number]

export interface FactError {
  readonly reason: FactErrorReason
  /** A sentence: what was tried, what came back, what to look at. Safe to print. */
  readonly message: string
}

/** A fact as it was learnt, or why it was not: self-contained evidence. */
export interface FactRecord {
  /** Unique within a run; see `factKey`. */
  readonly key: string
  readonly host: string
  readonly fact: string
  readonly args: JsonObject
  /** When the answer was complete, ISO 8601 in UTC. */
  readonly at: string
  readonly durationMs: number
  /** The source that answered; null when none did. */
  readonly source: string | null
  readonly outcome: { readonly value: Json } | { readonly error: FactError }
}
