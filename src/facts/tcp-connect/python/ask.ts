/** One target, one attempt at it, and what its socket can tell. */
export const pythonAsk = String.raw`
class Job(object):
    """One address and port; asked until it answers or its silence is certain."""
    __slots__ = ('index', 'family', 'address', 'target', 'wait', 'source', 'asks', 'silent', 'confirmed', 'limited', 'itself')

    def __init__(self, index, family, target, wait, source):
        self.index, self.family, self.target, self.wait, self.source = index, family, target, wait, source
        self.address = target[0].split('%')[0]
        self.asks, self.silent, self.confirmed, self.limited = 0, True, False, False
        self.itself = 0


class Ask(object):
    __slots__ = ('job', 'socket', 'began', 'until', 'took', 'watch_until')

    def __init__(self, job, sock, began, until):
        self.job, self.socket, self.began, self.until, self.took = job, sock, began, until, None


def icmp_error(sock):
    """(errno, json) of the ICMP error that the kernel kept, None without one; see ip(7) IP_RECVERR."""
    if not hasattr(sock, 'recvmsg'):  # Python 2: that there was one is all it can tell
        try:
            sock.recv(512, MSG_ERRQUEUE)
        except socket.error:
            return None
        return 0, '"seen"', None
    try:
        control = sock.recvmsg(512, 512, MSG_ERRQUEUE)[1]
    except socket.error:
        return None
    for level, kind, raw in control:
        if (level, kind) not in ((0, IP_RECVERR), (41, IPV6_RECVERR)) or len(raw) < 24:
            continue
        number, origin, icmp_type, code = struct.unpack('=IBBB', raw[:7])
        if origin not in (2, 3):  # SO_EE_ORIGIN_ICMP and _ICMP6; others are local remarks
            continue
        family = struct.unpack('=H', raw[16:18])[0]
        sender = None
        if family == socket.AF_INET:
            sender = socket.inet_ntop(family, raw[20:24])
        elif family == socket.AF_INET6 and len(raw) >= 40:
            sender = socket.inet_ntop(family, raw[24:40])
        return number, '[%d,%d,%s]' % (icmp_type, code, '"%s"' % sender if sender else 'null'), sender
    return None


def bind(sock, job):
    if job.source[0] == '%':
        sock.setsockopt(socket.SOL_SOCKET, SO_BINDTODEVICE, job.source[1:].encode() + b'\0')
        return
    if (':' in job.source) != (job.family == socket.AF_INET6):
        raise ValueError('the source is of the other address family')
    if LINUX:
        try:
            sock.setsockopt(0, IP_BIND_ADDRESS_NO_PORT, 1)  # since 4.2: the port is chosen by connect, so that ports last
        except socket.error:
            pass
    sock.bind((job.source, 0))


def is_own(address):
    """Whether this host has the address: then the ICMP error was made here, for instance by failed ARP."""
    sock = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.bind((address, 0))
        return True
    except (socket.error, OSError):
        return False
    finally:
        sock.close()


def name_of(number):
    return errno.errorcode.get(number, 'E%s' % number if isinstance(number, int) else 'EINVAL')


def room_for_sockets():
    try:
        import resource
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MOST_SOCKETS + 64
        if 0 <= soft < wanted and (hard < 0 or hard > soft):
            soft = wanted if hard < 0 else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return MOST_SOCKETS if soft < 0 else max(8, min(MOST_SOCKETS, soft - 64))
    except Exception:
        return 128
`
