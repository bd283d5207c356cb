/** `\x2d` is how systemd writes a `-` that is no separator (systemd.unit(5), "String Escaping for Inclusion in Unit Names"). */
const unescaped = (name: string): string =>
  name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** The innermost service, else the innermost scope: `/user.slice/user-1000.slice/user@1000.service/app.slice/sync.service`. */
export function unitOf(path: string): string | null {
  const parts = path.split('/')
  const innermost = (ending: string): string | undefined => parts.findLast((part) => part.endsWith(ending) && part.length > ending.length)
  const unit = innermost('.service') ?? innermost('.scope') ?? innermost('.socket')
  if (unit !== undefined) return unescaped(unit)
  const openrc = parts.findLast((part) => /^openrc\../.test(part))
  return openrc === undefined ? null : `${openrc.slice('openrc.'.length)} (OpenRC)`
}

/** The beginning of a container's name, as its runtime's own lists show it. */
const short = (id: string): string => id.slice(0, 12)

const runtimes: readonly (readonly [pattern: RegExp, show: (id: string) => string])[] = [
  [
    /[/-](?:pod|kubepods-(?:besteffort-|burstable-)?pod)([0-9a-f]{8}[-_][0-9a-f_-]{27})/,
    (id) => `kubernetes pod ${id.replaceAll('_', '-')}`,
  ],
  [/\/(?:docker\/|docker-)([0-9a-f]{64})(?:\.scope)?(?:\/|$)/, (id) => `docker ${short(id)}`],
  [/\/libpod-([0-9a-f]{64})(?:\.scope)?(?:\/|$)/, (id) => `podman ${short(id)}`],
  [/(?:\/|:|-)cri-containerd[:-]([0-9a-f]{64})/, (id) => `containerd ${short(id)}`],
  [/\/crio-([0-9a-f]{64})/, (id) => `cri-o ${short(id)}`],
  [/\/lxc(?:\.payload)?[./]([^/]+)/, (id) => `lxc ${id}`],
  [/\/machine\.slice\/machine-([^/]+)\.scope/, (id) => `machine ${unescaped(id)}`],
  [/\/machine\.slice\/systemd-nspawn@([^/]+)\.service/, (id) => `machine ${unescaped(id)}`],
]

/** The container that a control group belongs to; null for those of the host itself. */
export function containerOf(path: string): string | null {
  for (const [pattern, show] of runtimes) {
    const id = pattern.exec(path)?.[1]
    if (id !== undefined) return show(id)
  }
  return null
}
