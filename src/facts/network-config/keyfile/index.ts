import { Draft } from '../draft.js'
import type { ConfigFile, SystemReader } from '../files.js'
import type { SystemConfig } from '../value.js'
import { isProfile, isSettings } from './files.js'
import { readInterface } from './interface.js'
import { type Profile, readProfile } from './profile.js'
import { readSettings } from './settings.js'

/** nm-settings-keyfile(5) and NetworkManager.conf(5). */
export const keyfileReader: SystemReader = {
  system: 'keyfile',
  owns: (path) => isProfile(path) || isSettings(path),
  read: (files) => {
    const draft = new Draft()
    const profiles = files.filter(({ path }) => isProfile(path))
    if (profiles.length === 0) return draft.finish()
    draft.add(readProfiles(profiles.filter(({ path }) => !path.startsWith('/run/'))))
    readSettings(
      files.filter(({ path }) => isSettings(path)),
      draft,
    )
    for (const file of profiles.filter(({ path }) => path.startsWith('/run/'))) {
      const [found] = readProfiles([file]).interfaces
      const why = 'is in /run: after a reboot it is there only if something writes it again'
      draft.doubt({ file: file.path, line: 0 }, found?.name ?? found?.match ?? '', why, found?.name ?? null)
    }
    return draft.finish()
  },
}

function readProfiles(files: readonly ConfigFile[]): SystemConfig {
  const draft = new Draft()
  const all = files.map((file) => readProfile(file, draft)).filter((profile) => profile !== null)
  const profiles = chosen(notShadowed(all), draft)
  const nameOf = (reference: string): string => {
    const other = all.find(({ uuid }) => uuid === reference)
    return other?.sections.get('connection')?.get('interface-name')?.value ?? other?.id ?? reference
  }
  for (const profile of profiles) readInterface(profile, nameOf, draft)
  return draft.finish()
}

/** Of one UUID that in /etc counts. */
function notShadowed(profiles: readonly Profile[]): readonly Profile[] {
  const inEtc = new Set(profiles.filter(({ file }) => file.startsWith('/etc/')).map(({ uuid }) => uuid))
  return profiles.filter(({ file, uuid }) => file.startsWith('/etc/') || uuid === null || !inEtc.has(uuid))
}

const wordOf = (profile: Profile, key: string): string | null => profile.sections.get('connection')?.get(key)?.value ?? null
const priorityOf = (profile: Profile): number => Number(wordOf(profile, 'autoconnect-priority') ?? 0) || 0

/**
 * Of several profiles for one interface that are to be activated at boot, NetworkManager takes that of the highest priority; among
 * equals the one that was used last, which no file of the configuration says (nm-settings(5), connection.autoconnect-priority).
 */
function chosen(profiles: readonly Profile[], draft: Draft): readonly Profile[] {
  const rivals = new Map<string, Profile[]>()
  for (const profile of profiles) {
    const name = wordOf(profile, 'interface-name')
    if (name === null || /^(false|no|off|0)$/i.test(wordOf(profile, 'autoconnect') ?? '')) continue
    rivals.set(name, [...(rivals.get(name) ?? []), profile])
  }
  const losers = new Set<Profile>()
  for (const [name, group] of rivals) {
    if (group.length < 2) continue
    const highest = Math.max(...group.map(priorityOf))
    const winners = group.filter((profile) => priorityOf(profile) === highest)
    for (const profile of group.filter((other) => !winners.includes(other))) {
      losers.add(profile)
      draft.note(profile, `${profile.id} is for ${name} as well, and gives way to ${winners[0]?.id ?? 'another'} of a higher priority`)
    }
    const [, second] = winners
    const why = `profiles of one priority for ${name}: NetworkManager takes the one that was used last`
    if (second !== undefined) draft.doubt(second, winners.map(({ id }) => id).join(', '), why, name)
  }
  return profiles.filter((profile) => !losers.has(profile))
}
