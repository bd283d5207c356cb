import { printable, printableLine } from '../../lib/printable.js'

const harmless = /^[\t\n\x20-\x7e]*$/
const harmlessLine = /^[\x20-\x7e]*$/

/** Text that any XML 1.0 document can hold and any viewer can show; line breaks stay. */
export function xmlText(text: string): string {
  return harmless.test(text) ? text : printable(text)
}

/** The same on one line, for attributes: viewers show them in lists, and parsers turn line breaks in them into spaces anyway. */
export function xmlLine(text: string): string {
  return harmlessLine.test(text) ? text : printable(text).replace(/\s+/gu, ' ').trim()
}

/** The same, cut to at most `limit` characters: for messages that viewers show in a list. */
export function xmlHeadline(text: string, limit: number): string {
  return text.length <= limit && harmlessLine.test(text) ? text : printableLine(text, limit)
}

/** Seconds for a `time` attribute: never negative or with an exponent, and to the millisecond, since `junit-10.xsd` takes three decimals. */
export function seconds(ms: number): number {
  return ms > 0 && ms < 1e15 ? Number((ms / 1_000).toFixed(3)) : 0
}

/** `2026-02-28T17:00:00`: UTC without a zone, which the schema of the Jenkins xUnit plug-in has no room for. Empty for no date. */
export function utcWithoutZone(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 19)
}
