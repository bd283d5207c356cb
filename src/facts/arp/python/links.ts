/** What rtnetlink(7) tells of interfaces and their addresses: needs no tool, and gives all of a host in two answers. */
export const pythonLinks = String.raw`
RTM_NEWLINK, RTM_GETLINK, RTM_NEWADDR, RTM_GETADDR = 16, 18, 20, 22
IFF_UP, IFF_LOOPBACK, IFF_NOARP, IFF_LOWER_UP, ARPHRD_ETHER = 0x1, 0x8, 0x80, 0x10000, 1
IFA_F_DADFAILED, IFA_F_TENTATIVE = 0x08, 0x40


def attributes(data):
    """{type: bytes} of a chain of rtattr."""
    found = {}
    while len(data) >= 4:
        size, kind = struct.unpack('=HH', data[:4])
        if size < 4:
            break
        found[kind & 0x3fff] = data[4:size]
        data = data[(size + 3) & ~3:]
    return found


def dump(request, reply, fixed):
    """[(fixed part, attributes)] of every link or address; fixed is the size of ifinfomsg or ifaddrmsg."""
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    try:
        sock.settimeout(10)
        sock.bind((0, 0))
        sock.send(struct.pack('=IHHII', 16 + fixed, request, 0x301, 1, 0) + b'\0' * fixed)
        found = []
        while True:
            data = sock.recv(1 << 16)
            while len(data) >= 16:
                size, kind = struct.unpack('=IH', data[:6])
                if kind == 3:  # NLMSG_DONE
                    return found
                if kind == 2 or size < 16:  # NLMSG_ERROR
                    raise OSError(errno.EIO, 'rtnetlink refused to list interfaces')
                if kind == reply:
                    found.append((data[16:16 + fixed], attributes(data[16 + fixed:size])))
                data = data[(size + 3) & ~3:]
    finally:
        sock.close()


def number(data):
    return int(''.join('%02x' % byte for byte in bytearray(data)) or '0', 16)


class Link(object):
    def __init__(self, fixed, found):
        self.type, self.index, self.flags = struct.unpack('=xxHiI', fixed[:12])
        self.name = found.get(3, b'').rstrip(b'\0').decode('utf-8', 'replace')
        self.mac, self.master = found.get(1, b''), struct.unpack('=I', found[10])[0] if len(found.get(10, b'')) == 4 else 0
        self.kind = attributes(found.get(18, b'')).get(1, b'').rstrip(b'\0')
        self.addresses = []  # (address, what the prefix is of, its length, usable as a source)

    def problem(self, links):
        """Why nobody can be asked on it; None when it can."""
        if self.flags & IFF_LOOPBACK or self.flags & IFF_NOARP or self.type != ARPHRD_ETHER or len(self.mac) != 6:
            return '%s is no interface on which neighbours are asked for their addresses (loopback, a tunnel, NOARP)' % self.name
        if not self.flags & IFF_UP:
            return '%s is down' % self.name
        if not self.flags & IFF_LOWER_UP:
            return '%s has no carrier' % self.name
        master = links.get(self.master)
        if master is not None and master.kind != b'vrf':  # what arrives is the master's alone
            return '%s is part of %s: ask on %s' % (self.name, master.name, master.name)
        return None


def read_links():
    """{index: Link} with their addresses."""
    links = {}
    for fixed, found in dump(RTM_GETLINK, RTM_NEWLINK, 16):
        link = Link(fixed, found)
        links[link.index] = link
    for fixed, found in dump(RTM_GETADDR, RTM_NEWADDR, 8):
        _, length, flags, _, index = struct.unpack('=BBBBI', fixed)
        local = found.get(2, found.get(1))
        if local and index in links:
            usable = not flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED)
            links[index].addresses.append((local, found.get(1, local), length, usable))
    return links


def find_link(links, target, name):
    """(Link or None, problem or None): the named one, or that with the longest connected prefix."""
    if name is not None:
        for link in links.values():
            if link.name == name:
                return link, link.problem(links)
        return None, 'there is no interface %s' % name
    bits, best, holding = len(target) * 8, -1, []
    for link in links.values():
        lengths = [length for _, prefix, length, _ in link.addresses
                   if len(prefix) == len(target) and number(prefix) >> bits - length == number(target) >> bits - length]
        if lengths:
            holding.append((link.problem(links) is None, max(lengths), link))
    if not holding:
        return None, 'no interface has a connected prefix that holds the address'
    able, longest = max((able, length) for able, length, _ in holding)
    found = [link for is_able, length, link in holding if (is_able, length) == (able, longest)]
    if len(found) > 1:
        return None, 'connected prefixes of %s hold the address: name the interface' % ' and '.join(sorted(link.name for link in found))
    return found[0], found[0].problem(links)
`
