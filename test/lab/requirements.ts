import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { newLabId } from './keeper.js'
import { must, run, toolPath } from './process.js'

/** The programs that labs and the tests in them use, and the Debian packages they come in. */
const packages: Readonly<Record<string, string>> = {
  busybox: 'busybox-static',
  dig: 'bind9-dnsutils',
  flock: 'util-linux',
  ip: 'iproute2',
  iptables: 'iptables',
  nc: 'netcat-openbsd',
  netstat: 'net-tools',
  nft: 'nftables',
  nsd: 'nsd',
  perl: 'perl-base',
  ping: 'iputils-ping',
  python3: 'python3-minimal',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  sshd: 'openssh-server',
  sudo: 'sudo',
  tcpdump: 'tcpdump',
  traceroute: 'traceroute',
  unbound: 'unbound',
  xmllint: 'libxml2-utils',
}

function isInstalled(program: string): boolean {
  return toolPath.split(':').some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Packages may start services when they are installed; policy-rc.d (Debian policy 9.3.3) forbids that for the time being. */
const installScript = `
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod 755 "$policy"
fi
install() { apt-get -qq -y -o DPkg::Lock::Timeout=300 --no-install-recommends install "$@"; }
install "$@" || { apt-get -qq update && install "$@"; }
`

async function install(missing: readonly string[]): Promise<void> {
  const names = [...new Set(missing.map((program) => packages[program] ?? program))]
  // One at a time, on the whole machine: several test runs may come here at once.
  const argv = ['flock', '/run/netproof-lab.lock', 'sh', '-euc', installScript, 'install', ...names] as const
  await must([...argv], { timeoutMs: 600_000 })
}

/** Services that a package enables would start with the next boot of a machine that has an init system. */
const mayInstall = (): boolean =>
  isInstalled('apt-get') && (process.env.CI === 'true' || process.env.NETPROOF_LAB_INSTALL === '1' || !existsSync('/run/systemd/system'))

async function whyNoNamespaces(): Promise<string | null> {
  const name = `${newLabId()}-check`
  const { exitCode, stderr } = await run(['ip', 'netns', 'add', name])
  if (exitCode !== 0) return `ip netns add: ${stderr.trim()}`
  const inside = await run(['ip', 'netns', 'exec', name, 'true'])
  await run(['ip', 'netns', 'delete', name])
  return inside.exitCode === 0 ? null : `ip netns exec: ${inside.stderr.trim()}`
}

/**
 * Makes this machine fit for labs, installing what is missing where that is harmless: Debian packages, as root, on a machine without
 * an init system (a container) or with `CI=true` or `NETPROOF_LAB_INSTALL=1`.
 * @returns null when labs can be made here, otherwise the reason why not.
 */
export async function ensureLab(): Promise<string | null> {
  if (process.platform !== 'linux') return `network namespaces need Linux, this is ${process.platform}`
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  const missing = Object.keys(packages).filter((program) => !isInstalled(program))
  if (missing.length > 0) {
    const names = [...new Set(missing.map((program) => packages[program]))].join(' ')
    const reason = `${missing.join(', ')} missing; on Debian: apt-get install ${names}`
    if (!mayInstall()) return reason
    const failure = await install(missing).then(
      () => null,
      (error: Error) => error.message,
    )
    if (failure !== null) return `${reason}\n${failure}`
  }
  return whyNoNamespaces()
}
