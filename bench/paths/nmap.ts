/** The states of ports in the XML of nmap, by `address port`: single ports of the rarer states, and runs of the commoner ones. */
export function statesByNmap(xml: string): ReadonlyMap<string, string> {
  return new Map(
    xml
      .split('<host ')
      .slice(1)
      .flatMap((host) => {
        const address = /<address addr="(?<address>[^"]+)" addrtype="ipv4"/.exec(host)?.groups?.address
        return listed(host).flatMap(({ state, ports }) => expanded(ports).map((port) => [`${address} ${port}`, state] as const))
      }),
  )
}

interface Listed {
  readonly state: string
  readonly ports: string
}

function listed(host: string): readonly Listed[] {
  const single = host.matchAll(/<port protocol="tcp" portid="(?<ports>\d+)"><state state="(?<state>[^"]+)"/g)
  const extra = host.matchAll(/<extraports state="(?<state>[^"]+)"(?<reasons>.*?)<\/extraports>/gs)
  return [
    ...[...single].map(({ groups }) => ({ state: groups?.state ?? '', ports: groups?.ports ?? '' })),
    ...[...extra].flatMap(({ groups }) =>
      [...(groups?.reasons ?? '').matchAll(/ ports="(?<ports>[\d,-]+)"/g)].map((reason) => ({
        state: groups?.state ?? '',
        ports: reason.groups?.ports ?? '',
      })),
    ),
  ]
}

/** `1-3,7` */
function expanded(ports: string): readonly number[] {
  return ports.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}
