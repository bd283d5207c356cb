import type { ServiceSpec, SshSpec } from './schema.js'

function ports(text: string | number): number[] {
  const [first = Number.NaN, last = first] = String(text).split('-').map(Number)
  if (!(first >= 1 && last <= 65_535 && first <= last)) throw new Error(`not a port or a range of ports: ${text}`)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

const impostors = {
  silent: {},
  banner: { say: 'SSH-2.0-OpenSSH_9.2p1\r\n' },
  reset: { after: 'reset' },
} as const satisfies Record<string, Partial<ServiceSpec>>

/** What stands in the place of an sshd that is to misbehave. */
export function impostorService(ssh: SshSpec): ServiceSpec | null {
  if (ssh.impostor === undefined) return null
  return { tcp: ssh.port ?? 22, process: 'sshd', ...impostors[ssh.impostor] }
}

/** The lines `services.pl` reads: nine columns with tabs between them. */
export function serviceLines(services: readonly ServiceSpec[]): string[] {
  return services.flatMap((service) =>
    ports(service.tcp ?? service.udp ?? '').map((port) =>
      [
        service.process ?? 'lab-service',
        service.user ?? '',
        service.tcp === undefined ? 'udp' : 'tcp',
        service.address ?? '0.0.0.0',
        port,
        service.v6only === true ? 1 : 0,
        service.backlog ?? 128,
        service.after ?? 'hold',
        Buffer.from(service.say ?? '', 'utf8').toString('hex'),
      ].join('\t'),
    ),
  )
}
