/**
 * What came back, as `(flow key, token, sender, answer, icmp)`; None for whatever is no answer to a probe of ours.
 * A flow's key is `(protocol, address, id, port)`, port 0 for ICMP.
 */
export const pythonAnswers = `
def text_of(family, packed):
    return socket.inet_ntop(family, bytes(packed))


def read_inner(family, number, data):
    """(protocol, id, port, token bytes) of what a probe carried, from its first 8 bytes or more."""
    if len(data) < 8:
        return None
    if number == TCP:
        here, there, token = struct.unpack('!HHI', data[:8])
        return 'tcp', here, there, token
    if number == UDP:
        here, there = struct.unpack('!HH', data[:4])
        if len(data) >= 20 and data[8:16] != COOKIE:
            return None
        return 'udp', here, there, struct.unpack('!I', data[16:20])[0] if len(data) >= 20 else None
    if number == ICMP[family]:
        kind, code, _, ident, token = struct.unpack('!BBHHH', data[:8])
        if kind != ECHO_REQUEST[family] or (len(data) >= 16 and data[8:16] != COOKIE):
            return None
        return 'icmp', ident, 0, token
    return None


def read_quote(family, data):
    """(flow key, token) of the packet that an ICMP error quotes; it may be cut off after 8 bytes of its content."""
    if family == socket.AF_INET:
        if len(data) < 28 or ord(data[0:1]) >> 4 != 4:
            return None
        start = (ord(data[0:1]) & 15) * 4
        ident, number, target = struct.unpack('!H', data[4:6])[0], ord(data[9:10]), data[16:20]
    else:
        if len(data) < 48 or ord(data[0:1]) >> 4 != 6:
            return None
        start, ident, number, target = 40, None, ord(data[6:7]), data[24:40]
    inner = read_inner(family, number, data[start:])
    if inner is None:
        return None
    protocol, here, there, token = inner
    token = ident if token is None else token
    return (protocol, text_of(family, target), here, there), token


def name_error(family, kind, code, protocol, is_target):
    """The answer that an ICMP error is; None for those that say nothing about the way (redirect, source quench, reassembly)."""
    if family == socket.AF_INET:
        exceeded, unreachable, port, others = 11, 3, 3, (3, 12)
    else:
        exceeded, unreachable, port, others = 3, 1, 4, (1, 2, 4)
    if kind == exceeded:
        return 'time-exceeded' if code == 0 else None
    if kind == unreachable and code == port and protocol == 'udp' and is_target:
        return 'port-unreachable'
    return 'unreachable' if kind in others else None


def read_icmp(family, sender, data):
    """An ICMP message without its IP header."""
    if len(data) < 8:
        return None
    kind, code = ord(data[0:1]), ord(data[1:2])
    if kind == ECHO_REPLY[family]:
        ident, token = struct.unpack('!HH', data[4:8])
        if data[8:16] != COOKIE:
            return None
        return ('icmp', sender, ident, 0), token, sender, 'reply', None
    quote = read_quote(family, data[8:])
    if quote is None:
        return None
    key, token = quote
    answer = name_error(family, kind, code, key[0], sender == key[1])
    return None if answer is None else (key, token, sender, answer, (kind, code))


def read_tcp(sender, data):
    """A SYN-ACK, or a RST that acknowledges our SYN. A peer that traces us at the same time sends SYNs and other RSTs."""
    if len(data) < 20:
        return None
    there, here, _, acknowledged, _, flags = struct.unpack('!HHIIBB', data[:14])
    if flags & 0x16 == 2:
        return ('tcp', sender, here, there), None, sender, 'peer', None
    answer = 'closed' if flags & 4 else 'open' if flags & 2 else None
    if answer is None or not flags & 0x10:
        return None
    return ('tcp', sender, here, there), (acknowledged - 1) & 0xffffffff, sender, answer, None


def read_udp(sender, data):
    """A datagram from the service: its token where it sends ours back, else None. A peer's probe begins with our MAGIC."""
    if len(data) < 8:
        return None
    there, here = struct.unpack('!HH', data[:4])
    token = struct.unpack('!I', data[16:20])[0] if len(data) >= 20 and data[8:16] == COOKIE else None
    if token is None and data[8:12] == MAGIC:
        return None
    return ('udp', sender, here, there), token, sender, 'reply', None
`
