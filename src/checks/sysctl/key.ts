/** A setting that exists once for every interface, once as `all` and once as `default`. */
export interface PerInterface {
  readonly family: 'ipv4' | 'ipv6'
  /** An interface, `all`, `default` or `*`. */
  readonly device: string
  readonly setting: string
}

/** Of net/ipv4/conf and net/ipv6/conf; null for anything else. */
export function perInterface(path: string): PerInterface | null {
  const [, family, device, setting] = /^net\/(ipv4|ipv6)\/conf\/([^/]+)\/([^/]+)$/.exec(path) ?? []
  if (device === undefined || setting === undefined) return null
  return { family: family === 'ipv4' ? 'ipv4' : 'ipv6', device, setting }
}

export const pathFor = ({ family, setting }: Pick<PerInterface, 'family' | 'setting'>, device: string): string =>
  `net/${family}/conf/${device}/${setting}`
