import type { ArpArgs } from './value.js'

/** How the probe paces itself; times in milliseconds. RFC 5227 also asks three times; this is quicker than its one or two seconds. */
export const pace = {
  requests: 3,
  intervalMs: 250,
  /** How long is listened after the last request. */
  lingerMs: 500,
  /** Addresses that are asked side by side: at most 600 small broadcasts a second leave, for all of a host together. */
  atOnce: 50,
} as const

const overheadMs = 15_000
const mostMs = 30 * 60_000
const roundMs = pace.requests * pace.intervalMs + pace.lingerMs

/** How long the probe may go on, in milliseconds: twice what it needs on an idle host, never more than half an hour. */
export const deadlineMs = (requests: readonly ArpArgs[]): number =>
  Math.min(mostMs, 5_000 + 2 * roundMs * Math.ceil(requests.length / pace.atOnce))

/** How long the command may take: the probe's own deadline, and time to start and to write its answers. */
export const commandTimeoutMs = (requests: readonly ArpArgs[]): number => deadlineMs(requests) + overheadMs

/** The same for arping, which ends by itself: three requests a second apart and after an answer three more, so many at once. */
export const toolTimeoutMs = (requests: readonly ArpArgs[], atOnce: number): number =>
  Math.min(mostMs, 10_000 * Math.ceil(requests.length / atOnce)) + overheadMs
