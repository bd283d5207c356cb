/**
 * Requests as frames of our own, so that neither host's neighbour table takes part.
 *
 * IPv4: the ARP Probe of RFC 5227 section 2.1.1, whose sender address is 0.0.0.0: nobody learns from it. Every ARP packet with the
 * address as its sender, request or reply, is a claim to it. A device that answers for others (proxy ARP) does not answer a probe
 * on Linux. A host that is itself just probing for the address (DHCP, RFC 5227) takes a probe for a rival: for its first seconds.
 *
 * IPv6: a Neighbor Solicitation from an address of the interface, its link-local one where it has one. The form without a source, of
 * RFC 4862, would make a host whose own address is still tentative give it up (section 5.4.3); this one is ignored by it. So the
 * holder learns the asking address, as from any ping.
 */
export const pythonWire = String.raw`
ETH_P_ARP, ETH_P_IPV6, PACKET_OTHERHOST, PACKET_OUTGOING = 0x0806, 0x86dd, 3, 4
SOL_PACKET, PACKET_STATISTICS, SO_RCVBUFFORCE = 263, 6, 33
# Neighbor Advertisements: the next header is ICMPv6, its type 136
ADVERTISEMENTS = [(0x30, 0, 0, 20), (0x15, 0, 3, 58), (0x30, 0, 0, 54), (0x15, 0, 1, 136), (0x06, 0, 0, 2048), (0x06, 0, 0, 0)]


def open_wire():
    """Raises socket.error without CAP_NET_RAW. Hears nothing before it is bound."""
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)


def listen_on(link, protocol):
    sock = open_wire()
    sock.setblocking(False)
    if protocol == ETH_P_IPV6:
        attach_filter(sock, ADVERTISEMENTS)
    try:
        sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 20)
    except socket.error:
        pass
    sock.bind((link.name, protocol))
    return sock


def checksum(data):
    """RFC 1071, of an even number of bytes."""
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def probe4(link, target):
    return b'\xff' * 6 + link.mac + struct.pack('!HHHBBH', ETH_P_ARP, 1, 0x0800, 6, 4, 1) + link.mac + b'\0' * 10 + target


def solicit6(link, source, target):
    group = b'\xff\x02' + b'\0' * 9 + b'\x01\xff' + target[13:]
    rest = b'\0' * 4 + target + b'\x01\x01' + link.mac
    sum_ = checksum(source + group + struct.pack('!II', 32, 58) + b'\x87\0\0\0' + rest)
    header = struct.pack('!HIHBB', ETH_P_IPV6, 6 << 28, 32, 58, 255)
    return b'\x33\x33' + group[12:] + link.mac + header + source + group + struct.pack('!BBH', 135, 0, sum_) + rest


def source6(link, target):
    """The address to ask from; None without one."""
    own = [address for address, _, _, usable in link.addresses if len(address) == 16 and usable and address != target]
    own.sort(key=lambda address: address[:2] != b'\xfe\x80')
    return own[0] if own else None


def claim4(frame):
    """(address, MAC) of who says that it has an address; None for what does not."""
    if len(frame) < 42 or frame[12:20] != b'\x08\x06\0\x01\x08\0\x06\x04' or frame[20:22] not in (b'\0\x01', b'\0\x02'):
        return None
    return frame[28:32], frame[22:28]


def claim6(frame):
    if len(frame) < 78 or frame[20:22] != b'\x3a\xff' or frame[54:56] != b'\x88\0':
        return None
    mac, options = frame[6:12], frame[78:54 + struct.unpack('!H', frame[18:20])[0]]
    while len(options) >= 8:
        kind, size = struct.unpack('BB', options[:2])
        if size == 0:
            return None
        if (kind, size) == (2, 1):
            mac = options[2:8]
        options = options[size * 8:]
    return frame[62:78], mac


def mac_text(mac):
    return ':'.join('%02x' % byte for byte in bytearray(mac))
`
