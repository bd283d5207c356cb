import { Lab } from './lab.js'

/** For tests only: what stands behind every address and port that the lab test asks. */
const serverRules = `
table inet filter {
  chain input {
    type filter hook input priority 0;
    tcp dport 9001 reject with tcp reset
    meta nfproto ipv4 tcp dport 9002 reject
    meta nfproto ipv4 tcp dport 9003 reject with icmp type admin-prohibited
    meta nfproto ipv4 tcp dport 9004 reject with icmp type host-prohibited
    meta nfproto ipv4 tcp dport 9005 reject with icmp type net-prohibited
    meta nfproto ipv4 tcp dport 9006 reject with icmp type host-unreachable
    meta nfproto ipv6 tcp dport 9002 reject with icmpv6 type port-unreachable
    meta nfproto ipv6 tcp dport 9003 reject with icmpv6 type admin-prohibited
    tcp dport 9101-9199 drop
    ip daddr 10.77.2.30 tcp dport 20000-20999 reject
  }
}`
const routerRules = `
table ip filter {
  chain forward {
    type filter hook forward priority 0;
    tcp dport 9201 reject with icmp type admin-prohibited
    tcp dport 9202 drop
    tcp dport 9203 reject with icmp type host-unreachable
  }
}`

/** 8001 answers and stays; 8003 accepts and resets; 8004 listens on loopback alone; 8005 greets and ends. */
const server = `
const { createServer } = require('node:net')
const quiet = (socket) => socket.on('error', () => {})
const open = (port, host, serve) => new Promise((done) => createServer((socket) => serve(quiet(socket))).listen(port, host, done))
Promise.all([
  open(8001, '::', () => {}),
  open(8003, '::', (socket) => socket.resetAndDestroy()),
  open(8004, '127.0.0.1', () => {}),
  open(8005, '::', (socket) => socket.end('220 hello')),
]).then(() => console.log('ready'))
`

const hosts = `127.0.0.1 localhost
::1 localhost
10.77.2.5 both.test
fd77:2::5 both.test
10.77.2.5 two.test
10.77.2.8 two.test
`

/** Builds it; one client for every name in `clients`. */
export async function buildLab(clients: readonly string[]): Promise<Lab> {
  const lab = new Lab()
  try {
    await build(lab, clients)
  } catch (error) {
    lab.remove()
    throw error
  }
  return lab
}

async function build(lab: Lab, clients: readonly string[]): Promise<void> {
  lab.addNamespace('router')
  lab.addNamespace('server')
  lab.inside('router', ['sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'])
  lab.inside(
    'router',
    ['ip', '-batch', '-'],
    'link add br0 type bridge\nlink set br0 up\naddr add 10.77.1.1/24 dev br0\naddr add fd77:1::1/64 dev br0\n',
  )
  lab.connect('router', 'servers', 'server', 'eth0')
  lab.inside('router', ['ip', '-batch', '-'], 'link set servers up\naddr add 10.77.2.1/24 dev servers\naddr add fd77:2::1/64 dev servers\n')
  const addresses = [5, 6, 7, 8, 30].map((host) => `addr add 10.77.2.${host}/24 dev eth0\n`).join('')
  const serverSetup = `link set eth0 up\n${addresses}addr add fd77:2::5/64 dev eth0\nroute add default via 10.77.2.1\nroute add default via fd77:2::1\n`
  lab.inside('server', ['ip', '-batch', '-'], serverSetup)
  lab.inside('server', ['nft', '-f', '-'], serverRules)
  lab.inside('router', ['nft', '-f', '-'], routerRules)
  clients.forEach((client, index) => addClient(lab, client, index))
  await lab.start('server', server)
}

function addClient(lab: Lab, client: string, index: number): void {
  lab.addNamespace(client, hosts)
  lab.connect('router', `port${index}`, client, 'eth0')
  lab.inside('router', ['ip', '-batch', '-'], `link set port${index} master br0\nlink set port${index} up\n`)
  const setup = [
    'link set eth0 up',
    `addr add 10.77.1.${10 + index}/24 dev eth0`,
    `addr add 10.77.1.${110 + index}/24 dev eth0`,
    `addr add fd77:1::${10 + index}/64 dev eth0`,
    'route add 10.77.0.0/16 via 10.77.1.1',
    'route add fd77::/16 via fd77:1::1',
    'route add blackhole 10.77.20.0/24',
    'route add prohibit 10.77.21.0/24',
    'route add unreachable 10.77.22.0/24',
  ]
  lab.inside(client, ['ip', '-batch', '-'], `${setup.join('\n')}\n`)
  lab.inside(client, ['nft', '-f', '-'], 'table ip f { chain o { type filter hook output priority 0; tcp dport 9301 reject; }; }')
}
