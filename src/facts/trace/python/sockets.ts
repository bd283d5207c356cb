/**
 * Probes without privileges: the kernel keeps the ICMP errors for the socket that sent (ip(7) IP_RECVERR). What these
 * sockets cannot do without disturbing a target that traces us, they say they cannot.
 */
export const pythonSockets = String.raw`
class NotPossible(Exception):
    pass


def limit_hops(sock, family, ttl):
    if family == socket.AF_INET:
        sock.setsockopt(0, IP_TTL, ttl)
    else:
        sock.setsockopt(41, IPV6_UNICAST_HOPS, ttl)


def new_socket(family, kind, protocol, job):
    sock = Socket(family, kind, protocol)
    sock.setblocking(False)
    sock.setsockopt(*((0, IP_RECVERR, 1) if family == socket.AF_INET else (41, IPV6_RECVERR, 1)))
    if job.device is not None:
        sock.setsockopt(socket.SOL_SOCKET, SO_BINDTODEVICE, job.device.encode() + b'\0')
    return sock


class SocketWire(object):
    """UDP and ICMP: one socket a flow. TCP: one a SYN, and one SYN at a time, since two cannot have the same ports."""
    name = 'python%d' % sys.version_info[0]

    def __init__(self):
        self.poll, self.by_number, self.flows, self.syns = select.poll(), {}, {}, {}
        self.early = []  # what connect(2) answered at once

    def single(self, job):
        return job.protocol == 'tcp'

    def open(self, job):
        """Raises NotPossible with (kind of problem, words)."""
        if not hasattr(Socket, 'recvmsg'):
            raise NotPossible('unsupported', 'without root this Python cannot read ICMP errors: it has neither recvmsg nor ctypes')
        if job.flows[0].paired:
            raise NotPossible('not-permitted', 'a trace from a given port of %s needs root or CAP_NET_RAW: '
                              'packets of the target to that port would meet our socket' % job.protocol.upper())
        if job.protocol == 'tcp':
            if not kernel_keeps_icmp():
                raise NotPossible('not-permitted', 'Linux before 5.8 shows ICMP errors of TCP to root alone')
            return
        for flow in job.flows:
            self.bind(job, flow)

    def bind(self, job, flow):
        kind = (socket.SOCK_DGRAM, ICMP[job.family] if job.protocol == 'icmp' else UDP)
        for attempt in range(8):
            try:
                sock = new_socket(job.family, kind[0], kind[1], job)
            except (socket.error, OSError) as error:
                raise NotPossible('not-permitted' if error.args[0] in (errno.EACCES, errno.EPERM) else 'unsupported',
                                  '%s; see net.ipv4.ping_group_range in icmp(7)' % error.args[-1])
            try:
                sock.bind((job.source, flow.id) + tuple(job.destination[2:]))
                sock.connect((job.destination[0], job.port) + tuple(job.destination[2:]))
            except (socket.error, OSError) as error:
                sock.close()
                if error.args[0] != errno.EADDRINUSE or attempt == 7:
                    raise NotPossible('source-error', str(error.args[-1]))
                flow.id = 1024 + struct.unpack('=H', os.urandom(2))[0] % 64000
                continue
            self.flows[flow] = sock
            self.by_number[sock.fileno()] = flow, None, sock
            self.poll.register(sock.fileno(), select.POLLIN)
            return

    def send(self, flow, token, ttl):
        job = flow.job
        if job.protocol == 'tcp':
            return self.connect(job, flow, token, ttl)
        sock = self.flows[flow]
        limit_hops(sock, job.family, ttl)
        whole = echo_request(flow, token) if job.protocol == 'icmp' else udp_body(token)
        for attempt in (1, 2, 3):
            sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)  # an ICMP error waits there, and is no word on this packet
            try:
                return sock.send(whole)
            except (socket.error, OSError):
                if attempt == 3:
                    raise

    def forget(self, flow):
        pass

    def connect(self, job, flow, token, ttl):
        self.close(self.syns.pop(flow, None))
        sock = new_socket(job.family, socket.SOCK_STREAM, 0, job)
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))  # ends with a RST: no TIME_WAIT
            limit_hops(sock, job.family, ttl)
            sock.bind((job.source, flow.id) + tuple(job.destination[2:]))
            number = sock.connect_ex((job.destination[0], job.port) + tuple(job.destination[2:]))
        except (socket.error, OSError):
            sock.close()
            raise
        if number not in (0, errno.EINPROGRESS, errno.ECONNREFUSED):
            sock.close()
            raise socket.error(errno.EAGAIN if number == errno.EADDRNOTAVAIL else number, '')
        if number != errno.EINPROGRESS:
            sock.close()
            self.early.append((flow.key(), token, job.address, 'closed' if number else 'open', None))
            return
        self.syns[flow] = sock
        self.by_number[sock.fileno()] = flow, token, sock
        self.poll.register(sock.fileno(), select.POLLOUT)

    def give_up(self, flow):
        """A SYN is sent again and again until its socket is closed."""
        sock = self.syns.pop(flow, None)
        self.close(sock)
        return sock is not None

    def close(self, sock):
        if sock is not None:
            self.poll.unregister(sock.fileno())
            del self.by_number[sock.fileno()]
            sock.close()

    def hear(self, pause):
        early, self.early = self.early, []
        for answer in early:
            yield answer
        for number, _ in wait_for(self.poll, 0.0 if early else pause):
            flow, token, sock = self.by_number.get(number, (None, None, None))
            if sock is not None:
                for answer in self.read_syn(flow, token, sock) if token is not None else self.read(flow, sock):
                    yield answer

    def read_syn(self, flow, token, sock):
        number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        error = read_error_queue(sock)
        self.close(self.syns.pop(flow, None))
        address, itself = flow.job.address, (flow.job.address, flow.job.port) == (flow.job.source, flow.id)
        if error is not None:
            _, kind, code, sender = error[:4]
            answer = name_error(flow.job.family, kind, code, 'tcp', sender == address)
            return [(flow.key(), token, sender, answer, (kind, code))] if answer and sender else []
        opened = number in (0, errno.ECONNRESET, errno.EPIPE)  # a service that aborts a connection has accepted it
        if not itself and (opened or number == errno.ECONNREFUSED):
            return [(flow.key(), token, address, 'open' if opened else 'closed', None)]
        return []

    def read(self, flow, sock):
        found, family, is_icmp = [], flow.job.family, flow.job.protocol == 'icmp'
        for _ in range(64):
            error = read_error_queue(sock)
            if error is None:
                break
            _, kind, code, sender, _, quoted = error
            token = token_of(flow, quoted, is_icmp)
            answer = name_error(family, kind, code, flow.job.protocol, sender == flow.job.address)
            if answer is not None and sender is not None and token is not False:
                found.append((flow.key(), token, sender, answer, (kind, code)))
        for _ in range(64):
            try:
                data = sock.recv(2048)
            except (socket.error, OSError) as error:
                if error.args[0] in (errno.EAGAIN, errno.EINTR):
                    break
                continue  # an ICMP error, which the error queue has too
            if not is_icmp:
                found.append((flow.key(), token_of(flow, data, False) or None, flow.job.address, 'reply', None))
            elif len(data) >= 16 and ord(data[0:1]) == ECHO_REPLY[family] and data[8:16] == COOKIE:
                found.append((flow.key(), struct.unpack('!H', data[6:8])[0], flow.job.address, 'reply', None))
        return found


def token_of(flow, data, is_icmp):
    """What a probe carried; None where too little of it came back, False where it is none of ours."""
    if is_icmp:
        if len(data) < 8 or struct.unpack('!H', data[4:6])[0] != flow.id or (len(data) >= 16 and data[8:16] != COOKIE):
            return False
        return struct.unpack('!H', data[6:8])[0]
    if len(data) < 12:
        return None
    return struct.unpack('!I', data[8:12])[0] if data[:8] == COOKIE else False


def kernel_keeps_icmp():
    version = os.uname()[2].replace('-', '.').split('.')[:2]
    return [int(number) for number in version if number.isdigit()] >= [5, 8]
`
