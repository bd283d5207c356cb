/** Files of a Debian host whose only interface, eth0, is set up by ifupdown as `address` says, with its gateway. */
export function debianServer(address: string, gateway: string, more: readonly string[] = []): Record<string, string> {
  const eth0 = ['auto eth0', 'iface eth0 inet static', `    address ${address}`, `    gateway ${gateway}`, ...more]
  return {
    'etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n',
    'run/systemd/system/README': '# systemd is the init system\n',
    'etc/systemd/system/multi-user.target.wants/networking.service': '[Unit]\nDescription=Raise network interfaces\n',
    'etc/network/interfaces': ['auto lo', 'iface lo inet loopback', '', ...eth0, ''].join('\n'),
  }
}
