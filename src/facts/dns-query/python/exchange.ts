/** One socket that carries a question: over UDP with its tries, or over TCP. */
export const pythonExchange = `
def lower(octets):
    return bytes(octets).lower()


def judge(question, data):
    """'answer', 'stray' or 'oddity' for what came; see RFC 5452 section 9.1."""
    if len(data) < 12:
        return 'oddity'
    if bytes(data[:2]) not in question.ids or not bytearray(data)[2] & 0x80:
        return 'stray'
    wanted = question.question()
    counted = bytearray(data)[4] * 256 + bytearray(data)[5]
    if counted == 0 and bytearray(data)[3] & 15:
        return 'answer'  # servers that refuse may leave the question out
    if counted != 1 or lower(data[12:12 + len(wanted)]) != lower(wanted):
        return 'stray'
    return 'answer'


class Exchange(object):
    def __init__(self, question, tcp):
        self.question, self.tcp, self.until = question, tcp, 0.0
        self.out, self.data, self.writing = b'', b'', tcp
        self.began = now()
        self.sock = socket.socket(question.server.family, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)

    def open(self):
        """Binds and connects. Raises with .stage 'source' or 'local'."""
        question, sock = self.question, self.sock
        sock.setblocking(False)
        if LINUX:
            six = question.server.family == socket.AF_INET6
            sock.setsockopt(41 if six else 0, IPV6_RECVERR if six else IP_RECVERR, 1)
        if question.source != '-':
            bind_source(sock, question.server.family, question.source)
        number = sock.connect_ex(question.server.target)
        if number not in (0, errno.EINPROGRESS):
            raise OSError(number, os.strerror(number))

    def send(self):
        packet = self.question.packet()
        self.until = now() + self.question.wait
        if self.tcp:
            self.out = struct.pack('!H', len(packet)) + packet
            return None
        return self.sock.send(packet)

    def failure(self, error):
        """(errno, words) of what stopped it: the ICMP error, where there was one."""
        icmp = read_error_queue(self.sock) if LINUX else None
        number = error.args[0] if error.args else 0
        if icmp is None or icmp[1] is None:
            return number, name_of(number)
        return number, '%s, ICMP %d/%d%s' % (name_of(icmp[0]), icmp[1], icmp[2], ' from ' + icmp[3] if icmp[3] else '')

    def write(self):
        self.out = self.out[self.sock.send(self.out):]
        self.writing = len(self.out) > 0

    def read(self):
        """A whole message, None when there is none yet, b'' when a stream ended before one."""
        if not self.tcp:
            return self.sock.recv(65535)
        piece = self.sock.recv(65535)
        if not piece:
            return b''
        self.data += piece
        if len(self.data) < 2:
            return None
        length = struct.unpack('!H', self.data[:2])[0]
        return self.data[2:2 + length] if len(self.data) >= 2 + length else None
`
