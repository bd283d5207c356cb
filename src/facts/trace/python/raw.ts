/**
 * Probes as packets of our own. The kernel knows no socket for them: it answers a SYN-ACK with a RST, and a peer that
 * traces us with the same ports gets from it what it gets without us.
 */
export const pythonRaw = String.raw`
ICMP_FILTER, ICMP6_FILTER, SOL_RAW = 1, 1, 255


def tcp_filter(family, lowest, highest):
    """Lets pass what has SYN or RST and is for one of these ports: (code, jumps if true and if false, operand) as in bpf(4)."""
    head, flags, port = [(0xb1, 0, 0, 0)], (0x50, 0, 0, 13), (0x48, 0, 0, 2)  # IPv4: from the end of the IP header
    if family == socket.AF_INET6:
        head, flags, port = [], (0x30, 0, 0, 13), (0x28, 0, 0, 2)
    accept = [(0x06, 0, 0, 256), (0x06, 0, 0, 0)]
    return head + [flags, (0x45, 0, 4, 6), port, (0x35, 0, 2, lowest), (0x25, 1, 0, highest)] + accept


class RawWire(object):
    """Sends and hears through raw sockets; needs CAP_NET_RAW, and says so with the error of socket(2)."""
    name = 'python%d raw' % sys.version_info[0]

    def __init__(self, jobs):
        ports = [flow.id for job in jobs if job.protocol == 'tcp' for flow in job.flows] or [0]
        self.ports = min(ports), max(ports)
        self.senders, self.ears, self.poll = {}, {}, select.poll()
        self.sender(socket.AF_INET, None)

    def single(self, _):
        """Whether a flow can have but one ask at a time."""
        return False

    def give_up(self, _):
        """Ends what the kernel does for an ask. Whether it sent more since."""
        return False

    def sender(self, family, device):
        sock = self.senders.get((family, device))
        if sock is None:
            sock = socket.socket(family, socket.SOCK_RAW, 255)  # IPPROTO_RAW: the header is ours
            sock.setblocking(False)
            if device is not None:
                sock.setsockopt(socket.SOL_SOCKET, SO_BINDTODEVICE, device.encode() + b'\0')
            self.senders[family, device] = sock
        return sock

    def open(self, job):
        self.sender(job.family, job.device)
        self.ear(job.family, ICMP[job.family])
        if job.protocol == 'tcp':
            self.ear(job.family, TCP)
        elif job.protocol == 'udp':
            self.ear(job.family, UDP)

    def ear(self, family, number):
        if (family, number) in [kind for _, kind in self.ears.values()]:
            return
        sock = socket.socket(family, socket.SOCK_RAW, number)
        sock.setblocking(False)
        if number == TCP:
            attach_filter(sock, tcp_filter(family, *self.ports))
        elif number == 1:  # a set bit keeps a type out
            sock.setsockopt(SOL_RAW, ICMP_FILTER, struct.pack('=I', 0xffffffff & ~(1 << 0 | 1 << 3 | 1 << 11 | 1 << 12)))
        elif number == 58:
            mask = [0xffffffff] * 8
            for kind in (1, 2, 3, 4, 129):
                mask[kind >> 5] &= ~(1 << (kind & 31))
            sock.setsockopt(58, ICMP6_FILTER, struct.pack('=8I', *mask))
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        except socket.error:
            pass
        self.ears[sock.fileno()] = sock, (family, number)
        self.poll.register(sock.fileno(), select.POLLIN)

    def send(self, flow, token, ttl):
        self.put(flow, packet(flow, token, ttl, MAKERS[flow.job.protocol]))

    def forget(self, flow):
        """Lets stateful firewalls forget a SYN that reached nobody: conntrack does at once, where it saw no answer."""
        self.put(flow, packet(flow, flow.next, 64, tcp_reset))

    def put(self, flow, whole):
        self.senders[flow.job.family, flow.job.device].sendto(whole, flow.job.destination)

    def hear(self, pause):
        for number, _ in wait_for(self.poll, pause):
            sock, (family, kind) = self.ears[number]
            for _ in range(256):
                try:
                    data, sender = sock.recvfrom(2048)
                except (socket.error, OSError):
                    break
                answer = self.read(family, kind, data, sender[0].split('%')[0])
                if answer is not None:
                    yield answer

    def read(self, family, kind, data, sender):
        if family == socket.AF_INET:
            if len(data) < 20:
                return None
            data = data[(ord(data[0:1]) & 15) * 4:]
        if kind == TCP:
            return read_tcp(sender, data)
        if kind == UDP:
            return read_udp(sender, data)
        return read_icmp(family, sender, data)


def wait_for(poll, pause):
    try:
        return poll.poll(max(0.0, pause) * 1000)
    except (OSError, IOError, select.error) as error:
        if error.args[0] != errno.EINTR:  # Python 2 only; 3 goes on by itself
            raise
        return []
`
