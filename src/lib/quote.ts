/**
 * One word of a POSIX shell command line that means exactly `text` (POSIX.1-2024 XCU 2.2.2, single quotes).
 * Safe in sh, dash, bash, ksh, zsh and BusyBox ash.
 * @throws RangeError for a NUL character, which no argument can hold.
 */
export function posixQuote(text: string): string {
  if (text.includes('\0')) throw new RangeError('a shell word cannot hold a NUL character')
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(text)) return text
  return `'${text.replaceAll("'", `'\\''`)}'`
}
