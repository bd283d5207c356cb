import { TransportError } from '../../lib/errors.js'
import { posixQuote } from '../../lib/quote.js'
import type { Platform } from '../../model/platform.js'

/** Words that mean themselves in sh, csh, fish, cmd and PowerShell alike. */
const plain = /^[A-Za-z0-9_./:=@+,-]+$/

/**
 * What sshd hands to the login shell, whichever that is: it means exactly `argv` in sh, bash, dash, zsh, ksh, csh, tcsh and fish.
 * Words that are not plain are spelt in octal between single quotes, without any of the characters on which those shells
 * differ (quote, exclamation mark, line break, doubled backslash), and `/bin/sh` reads them.
 * @throws TransportError when a Windows shell would have to read a word that is not plain.
 */
export function remoteCommandLine(argv: readonly string[], platform: Platform): string {
  if (platform === 'windows') return windowsLine(argv)
  // The shell makes way for the command: one process fewer, and signals reach the command itself.
  if (argv.every((word) => plain.test(word))) return `exec ${argv.join(' ')}`
  return `exec /bin/sh -c 'eval "exec $(printf %b "${octal(argv.map(posixQuote).join(' '))}")"'`
}

/** The text as `printf %b` reads it (POSIX.1-2024, printf): four octal digits for what is not plain. */
function octal(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return plain.test(character) || character === ' ' ? character : `\\0${byte.toString(8).padStart(3, '0')}`
    })
    .join('')
}

function windowsLine(argv: readonly string[]): string {
  const odd = argv.find((word) => !plain.test(word))
  if (odd === undefined) return argv.join(' ')
  throw new TransportError(
    'transport',
    `no quoting is safe in every Windows login shell, and ${JSON.stringify(odd.slice(0, 60))} would need it`,
  )
}
