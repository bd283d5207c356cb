import { readlinkSync } from 'node:fs'

/**
 * The IANA name of this machine's time zone. Asked of the system first, as libc does (tzset(3), localtime(5)):
 * `Intl` has to load all its tables for it, which takes longer than a host takes to answer.
 */
export function timeZone(): string {
  const fromEnvironment = /^:?([A-Za-z]+(?:[/_+-][A-Za-z0-9]+)+|UTC)$/.exec(process.env.TZ ?? '')?.[1]
  if (fromEnvironment !== undefined) return fromEnvironment
  if ((process.env.TZ ?? '') !== '') return byIntl()
  try {
    return /\/zoneinfo\/(?:posix\/|right\/)?([A-Za-z0-9/_+-]+)$/.exec(readlinkSync('/etc/localtime'))?.[1] ?? byIntl()
  } catch {
    return byIntl()
  }
}

const byIntl = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
