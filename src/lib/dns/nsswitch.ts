/**
 * The sources of host names in their order, actions in brackets left out: `hosts: files mdns4_minimal [NOTFOUND=return] dns`.
 * @param text of nsswitch.conf(5). @returns null without such a line; the last one counts.
 */
export function readHostSources(text: string): readonly string[] | null {
  const lines = text.split('\n').flatMap((line) => /^\s*hosts\s*:(.*)$/.exec(line.split('#')[0] ?? '')?.[1] ?? [])
  const last = lines.at(-1)
  if (last === undefined) return null
  const words = last.replaceAll(/\[[^\]]*\]/g, ' ').split(/\s+/)
  return words.filter((word) => word !== '').slice(0, 64)
}
