import { posixQuote } from '../../lib/quote.js'
import { recognise, type SshFailure } from './classify.js'
import { endMaster, masterListens } from './control.js'
import type { Destination } from './destination.js'
import { createGate, type Gate } from './gate.js'
import { readLog } from './log.js'
import { keepAlive, options, sharing } from './options.js'
import { chosenFile } from './user-config.js'

/** The last hop before the host, and how to reach it: what `ProxyJump` says. */
export interface Hop {
  readonly user: string | null
  readonly target: string
  readonly port: number | null
  /** Hops before this one, as `-J` takes them; empty for none. */
  readonly before: string
}

/** One connection to a jump host, shared by all hosts behind it: one login there instead of one for each of them. */
export interface Jump {
  /** Words for ssh that make it pass this jump. @param log takes the messages about the jump, which ssh would lose. */
  words(log: string): readonly string[]
  /**
   * Waits until the connection stands, or it is this caller's turn to make it.
   * @returns what tells the others how that went. @throws `JumpFailed` when another caller could not make it.
   */
  enter(signal: AbortSignal): Promise<(failure: SshFailure | null) => void>
  stands(): Promise<boolean>
  /** Why the jump could not be passed, as far as its log tells. */
  failure(log: string): Promise<SshFailure | null>
  /** The connection ends when nobody holds it any more. */
  hold(): void
  letGo(): Promise<void>
}

export class JumpFailed extends Error {
  constructor(readonly failure: SshFailure) {
    super(failure.message)
  }
}

/** ssh_config(5), ProxyJump: `[user@]host[:port]` or an ssh URI, separated by commas. @returns null for what is neither. */
export function lastHop(text: string): Hop | null {
  const hops = text.split(',')
  const match = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[0-9a-fA-F:.%]+\]|[A-Za-z0-9_.-]+)(?::(\d+))?$/.exec(hops.at(-1)?.trim() ?? '')
  const target = match?.[2]?.replace(/^\[|\]$/g, '')
  if (match === null || target === undefined || target.startsWith('-')) return null
  return {
    user: match[1] ?? null,
    target,
    port: match[3] === undefined ? null : Number(match[3]),
    before: hops.slice(0, -1).join(','),
  }
}

/** What ssh itself hands on to the `ssh -W` of a jump: the configuration file, nothing else. */
export function hopDestination(hop: Hop, words: readonly string[]): Destination {
  const file = chosenFile(words)
  return {
    name: `jump host ${hop.target}`,
    target: hop.target,
    words: [
      ...(file === null ? [] : ['-F', file]),
      ...(hop.before === '' ? [] : ['-J', hop.before]),
      ...(hop.user === null ? [] : ['-l', hop.user]),
      ...(hop.port === null ? [] : ['-p', String(hop.port)]),
    ],
    user: hop.user,
    identityFile: null,
    port: hop.port,
  }
}

export function createJump(destination: Destination, path: string, connectTimeoutMs: number): Jump {
  let opening: Gate | null = null
  let holders = 0
  const stands = (): Promise<boolean> => masterListens(path)

  return {
    stands,
    words(log) {
      const inner = [
        ...options('BatchMode=yes', 'RemoteCommand=none', 'LogLevel=INFO'),
        ...destination.words,
        ...keepAlive(connectTimeoutMs),
        ...sharing(path),
        ...['-Tax', '-E', log],
      ]
      // The outer ssh expands % in the command before a shell reads it.
      const words = inner.map((word) => posixQuote(word).replaceAll('%', '%%'))
      return options(`ProxyCommand=ssh ${words.join(' ')} -W '[%h]:%p' -- ${posixQuote(destination.target)}`)
    },
    async enter(signal) {
      while (!(await stands())) {
        if (opening === null) {
          const gate = createGate()
          opening = gate
          return (failure) => {
            if (opening === gate) opening = null
            if (failure === null) gate.open()
            else gate.fail(new JumpFailed(failure))
          }
        }
        await opening.passed(signal)
      }
      return () => undefined
    },
    async failure(log) {
      const failure = recognise(await readLog(log), destination)
      return failure === null ? null : { ...failure, message: named(failure.message, destination.target) }
    },
    hold: () => {
      holders += 1
    },
    async letGo() {
      holders -= 1
      if (holders === 0) await endMaster(path)
    },
  }
}

const named = (message: string, target: string): string =>
  message.includes(`jump host ${target}`) ? message : `${message} (jump host ${target})`
