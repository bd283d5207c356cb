const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** For JSON Schemas: a number with a unit, such as `50ms`, `1.5s`, `2m`, `1h`, `7d`. */
export const durationPattern = String.raw`^\d+(\.\d+)?(ms|s|m|h|d)$`

/** @returns milliseconds, or null when `text` is not a duration. A number needs a unit: `50` could mean anything. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text)
  if (match === null) return null
  return Number(match[1]) * units[match[2] as keyof typeof units]
}

/** @param ms milliseconds. @returns `0.84 ms`, `312 ms`, `3.1 s`, `2 m 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(2))} ms`
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`
}
