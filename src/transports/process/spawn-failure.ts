import { TransportError } from '../../lib/errors.js'
import { printableLine } from '../../lib/printable.js'

interface FailedStart {
  readonly code?: string | undefined
  readonly originalMessage?: string | undefined
}

/** Why a process could not be started, for a person. @param file the program as it was asked for. */
export function spawnFailure(file: string, failure: FailedStart): TransportError {
  const program = printableLine(file, 100)
  switch (failure.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new TransportError('tool-missing', `${program}: not found on this machine; is it installed and in PATH?`)
    case 'EACCES':
      return new TransportError('tool-missing', `${program}: found on this machine, but it may not be executed (EACCES)`)
    default:
      return new TransportError(
        'transport',
        `${program}: could not be started: ${printableLine(failure.originalMessage ?? 'unknown reason')}`,
      )
  }
}
