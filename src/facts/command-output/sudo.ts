/** What sudo says where it does not run a command (sudo 1.8 and 1.9: sudoers.so's check.c, logging.c; sudo(8), "Exit value"). */
const refusals = [
  /^sudo: .*/m,
  /^Sorry, user .* (is not allowed|may not).*/m,
  /^\S+ is not (in the sudoers file|allowed to).*/m,
  // A shell that was to start sudo.
  /^.*\bsudo: not found.*/m,
]

/**
 * Why sudo did not run a command, in its own words; null where it did. Its exit code alone would pass for the command's.
 * A program that writes such a line itself, and ends with one of these codes, is taken for refused: undetermined, not passed.
 */
export function refusalOf(exitCode: number, stderr: string): string | null {
  if (![1, 126, 127].includes(exitCode)) return null
  for (const pattern of refusals) {
    const [line] = pattern.exec(stderr) ?? []
    if (line !== undefined) return line
  }
  return null
}
