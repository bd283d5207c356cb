/** Packets as they leave: a flow's five-tuple, and for ICMP its checksum, are the same in all of them. */
export const pythonPackets = String.raw`
TCP, UDP = 6, 17
ICMP = {socket.AF_INET: 1, socket.AF_INET6: 58}
ECHO_REQUEST = {socket.AF_INET: 8, socket.AF_INET6: 128}
ECHO_REPLY = {socket.AF_INET: 0, socket.AF_INET6: 129}
MAGIC = b'n\xc3\x97\xb2'
COOKIE = MAGIC + os.urandom(4)  # tells answers to us from another program's


def checksum(data):
    """RFC 1071."""
    if len(data) % 2:
        data += b'\0'
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def pseudo_header(flow, number, length):
    """What the checksums of TCP, UDP and ICMPv6 cover besides (RFC 9293 section 3.1, RFC 8200 section 8.1)."""
    ends = flow.job.packed_source + flow.job.packed_target
    return ends + struct.pack('!BBH' if flow.job.family == socket.AF_INET else '!II', *(
        (0, number, length) if flow.job.family == socket.AF_INET else (length, number)))


def tcp_segment(flow, sequence, flags, window, options):
    head = struct.pack('!HHIIBBH', flow.id, flow.job.port, sequence, 0, (20 + len(options)) << 2, flags, window)
    total = checksum(pseudo_header(flow, TCP, 20 + len(options)) + head + b'\0\0\0\0' + options)
    return head + struct.pack('!HH', total, 0) + options


def tcp_syn(flow, token):
    return tcp_segment(flow, token, 2, 64240, struct.pack('!BBH', 2, 4, 1460))  # maximum segment size


def tcp_reset(flow, token):
    return tcp_segment(flow, (token + 1) & 0xffffffff, 4, 0, b'')


def udp_body(token):
    return COOKIE + struct.pack('!I', token)


def udp_datagram(flow, token):
    body = udp_body(token)
    head = struct.pack('!HHH', flow.id, flow.job.port, 8 + len(body))
    total = checksum(pseudo_header(flow, UDP, 8 + len(body)) + head + b'\0\0' + body)
    return head + struct.pack('!H', total or 0xffff) + body


def echo_body(flow, token):
    """The word after the cookie makes up for the sequence number: the checksum does not change (Augustin et al., IMC 2006)."""
    return struct.pack('!HH', flow.id, token) + COOKIE + struct.pack('!H', 0xffff - token)


def echo_request(flow, token):
    family, body = flow.job.family, echo_body(flow, token)
    head = struct.pack('!BB', ECHO_REQUEST[family], 0)
    cover = b'' if family == socket.AF_INET else pseudo_header(flow, ICMP[family], 4 + len(body))
    return head + struct.pack('!H', checksum(cover + head + b'\0\0' + body)) + body


MAKERS = {'tcp': tcp_syn, 'udp': udp_datagram, 'icmp': echo_request}


def packet(flow, token, ttl, make):
    """A whole IP packet: the kernel is only to send it."""
    job = flow.job
    number = {'tcp': TCP, 'udp': UDP, 'icmp': ICMP[job.family]}[job.protocol]
    inner = make(flow, token)
    if job.family == socket.AF_INET6:
        return struct.pack('!IHBB', 6 << 28, len(inner), number, ttl) + job.packed_source + job.packed_target + inner
    ident = token & 0xffff or 1  # the kernel would replace 0
    head = struct.pack('!BBHHHBBH', 0x45, 0, 20 + len(inner), ident, 0, ttl, number, 0)
    return head + job.packed_source + job.packed_target + inner
`
