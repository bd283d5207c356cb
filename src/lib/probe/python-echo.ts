/**
 * Echo requests to one address, and everything that the kernel tells about them. Goes behind `pythonGround`,
 * `pythonErrorQueue`, `pythonSource` and `pythonRecvmsg`.
 *
 * `open_icmp` prefers the unprivileged socket (icmp(7), `net.ipv4.ping_group_range`). Requests of other programs, and of
 * other runs of this one, are told apart by an id and eight bytes that nobody can guess.
 */
export const pythonEcho = String.raw`
ICMP, ICMPV6 = 1, 58
SOL_RAW, ICMP_FILTER, ICMP6_FILTER, SO_TIMESTAMPNS, IPV6_DONTFRAG = 255, 1, 1, 35, 62
PMTUDISC_DONT, PMTUDISC_PROBE = 0, 3
TOKEN = os.urandom(8)
REFUSED = (errno.EACCES, errno.EPERM, errno.EPROTONOSUPPORT)


class NotPermitted(Exception):
    pass


class Failed(Exception):
    """stage: socket, source, route or send; number: an errno; text: what the system says of it."""

    def __init__(self, stage, error):
        Exception.__init__(self, stage)
        self.stage, self.number, self.text = stage, error.args[0], str(error.args[-1])


def open_icmp(family):
    """(is raw, socket). Raises NotPermitted."""
    protocol = ICMPV6 if family == socket.AF_INET6 else ICMP
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            return kind == socket.SOCK_RAW, Socket(family, kind, protocol)
        except socket.error as error:
            if error.args[0] not in REFUSED:
                raise Failed('socket', error)
    raise NotPermitted()


def demand_permission(families):
    """Ends the program before anything is sent if this user may not ping; the next source is tried then."""
    for family in families:
        try:
            open_icmp(family)[1].close()
        except NotPermitted:
            sys.stderr.write('ICMP sockets: operation not permitted to this user; see net.ipv4.ping_group_range in icmp(7)\n')
            sys.exit(77)
        except Failed:
            pass  # no IPv6 here, for instance: told for each address
    if not hasattr(Socket, 'recvmsg'):
        sys.stderr.write('this Python cannot read ICMP errors: it has neither recvmsg nor ctypes\n')
        sys.exit(77)


def pattern(size):
    """The payload: the token and counting bytes, as ping(8) sends."""
    return (TOKEN + b''.join(struct.pack('B', number % 256) for number in range(8, size)))[:size]


class Echo(object):
    """A socket that speaks with one address only."""

    def __init__(self, family, target, source, dont_fragment):
        self.six = family == socket.AF_INET6
        self.address = target[0].split('%')[0]
        self.raw, self.socket = open_icmp(family)
        try:
            self.prepare(dont_fragment)
            self.name(family, source)
            try:
                self.socket.connect(target)
            except socket.error as error:
                raise Failed('route', error)
            self.source = self.socket.getsockname()[0].split('%')[0]
        except Failed:
            self.socket.close()
            raise

    def prepare(self, dont_fragment):
        sock = self.socket
        sock.setblocking(False)
        options = [(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)]
        if self.six:
            options += [(41, IPV6_RECVERR, 1), (41, IPV6_RECVHOPLIMIT, 1)]
            if dont_fragment:
                options += [(41, IPV6_MTU_DISCOVER, PMTUDISC_PROBE), (41, IPV6_DONTFRAG, 1)]
            if self.raw:  # of what arrives only echo replies, type 129
                options.append((ICMPV6, ICMP6_FILTER, b'\xff' * 16 + struct.pack('=I', 0xffffffff & ~2) + b'\xff' * 12))
        else:
            options += [(0, IP_RECVERR, 1), (0, IP_RECVTTL, 1)]
            options.append((0, IP_MTU_DISCOVER, PMTUDISC_PROBE if dont_fragment else PMTUDISC_DONT))
            if self.raw:
                options.append((SOL_RAW, ICMP_FILTER, struct.pack('=I', 0xfffffffe)))
        for level, option, value in options:
            try:
                sock.setsockopt(level, option, value)
            except socket.error:
                pass  # without time stamps or hop limits it is still a ping

    def name(self, family, source):
        """Takes an id, and the source that is wished."""
        for attempt in range(8):
            self.ident = struct.unpack('=H', os.urandom(2))[0] or 1
            try:
                if source != '-':
                    bind_source(self.socket, family, source, self.ident)
                if not self.raw and source[0] in '-%':
                    self.socket.bind(('::' if self.six else '0.0.0.0', self.ident))
                return
            except (socket.error, OSError, ValueError) as error:
                if error.args[0] != errno.EADDRINUSE or attempt == 7:
                    raise Failed('source', error)

    def send(self, sequence, payload):
        """When it was sent. Raises Failed where this host does not let it go."""
        packet = struct.pack('!BBHHH', 128 if self.six else 8, 0, 0, self.ident, sequence) + payload
        if self.raw and not self.six:  # the kernel adds all other checksums itself
            packet = packet[:2] + struct.pack('=H', checksum(packet)) + packet[4:]
        self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)  # an ICMP error waits there, and is no word on this packet
        for attempt in (1, 2, 3):
            try:
                began = now()
                self.socket.send(packet)
                return began
            except socket.error as error:
                if attempt == 3 or error.args[0] == errno.EMSGSIZE:
                    raise Failed('send', error)

    def replies(self, size):
        """[(sequence, when it arrived, TTL)] of what can be read now."""
        found = []
        for _ in range(1000):
            try:
                data, control, _, sender = self.socket.recvmsg(size + 128, 256)
            except socket.error as error:
                if error.args[0] in (errno.EAGAIN, errno.EWOULDBLOCK):
                    break
                continue  # an ICMP error, which the error queue has too
            arrived, ttl = now(), None
            for level, kind, raw in control:
                if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS) and len(raw) == struct.calcsize('@ll'):
                    seconds, parts = struct.unpack('@ll', raw)
                    waited = time.time() - seconds - parts / 1e9  # between the kernel and this line; not across a clock's jump
                    arrived -= waited if 0 <= waited < 1 else 0
                elif (level, kind) in ((0, IP_TTL), (41, IPV6_HOPLIMIT)) and len(raw) >= 4:
                    ttl = struct.unpack('=i', raw[:4])[0]
            if self.raw and not self.six:
                if len(data) < 20:
                    continue
                ttl = struct.unpack('B', data[8:9])[0]
                data = data[(struct.unpack('B', data[:1])[0] & 15) * 4:]
            if len(data) < 8 or sender is None or sender[0].split('%')[0] != self.address:
                continue
            icmp_type, code, _, ident, sequence = struct.unpack('!BBHHH', data[:8])
            token = data[8:16]
            if (icmp_type, code, ident) == (129 if self.six else 0, 0, self.ident) and token == TOKEN[:min(8, size)][:len(token)]:
                found.append((sequence, arrived, ttl))
        return found

    def errors(self):
        """[(sequence or None, type, code, sender, MTU or None)] that the kernel kept; of type 0 what this host itself says."""
        found = []
        for _ in range(1000):
            error = read_error_queue(self.socket, (1, 2, 3))
            if error is None:
                break
            _, icmp_type, code, sender, info, quoted = error
            sequence = None
            if icmp_type != 0 and len(quoted) >= 8:
                ident, sequence = struct.unpack('!HH', quoted[4:8])
                if ident != self.ident:
                    continue
            too_big = (icmp_type, code) in ((0, 0), (2, 0) if self.six else (3, 4))
            found.append((sequence, icmp_type, code, sender, info if too_big and info else None))
        return found


def checksum(data):
    """RFC 1071."""
    data += b'\0' * (len(data) % 2)
    total = sum(struct.unpack('=%dH' % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def json_text(value):
    return 'null' if value is None else '"%s"' % printable(str(value))


def json_number(value):
    return 'null' if value is None else '%.3f' % value if isinstance(value, float) else '%d' % value
`
