import type { Topology } from '../../lab/schema.js'

/** A client with several addresses on two links to a server whose services answer on every port that is asked about. */
export const firewallLab: Topology = {
  hosts: {
    client: {
      lans: {
        front: { address: ['10.9.0.2/24', '10.9.0.66/24', 'fd09::2/64', 'fd09::42/64'] },
        back: { address: ['10.9.5.2/24', 'fd09:5::2/64'] },
      },
    },
    server: {
      lans: { front: { address: ['10.9.0.1/24', 'fd09::1/64'] }, back: { address: ['10.9.5.1/24', 'fd09:5::1/64'] } },
      routes: [
        { to: '10.9.1.0/24', via: '10.9.0.2' },
        { to: 'fd09:1::/64', via: 'fd09::2' },
      ],
      services: [22, 80, 443, 8080].map((tcp) => ({ tcp, address: '::' })).concat([53, 99].map((udp) => ({ udp, address: '::' })) as never),
    },
  },
}
