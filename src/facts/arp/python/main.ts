/** Reads the requests, asks some addresses at a time, writes what was heard. Standard input and output are those of `protocol.ts`. */
export const pythonMain = String.raw`
class Ask(object):
    """One address on one interface, for one request or more."""

    def __init__(self, link, target):
        self.link, self.target, self.indexes = link, target, []
        self.asked, self.macs, self.problem, self.frame = 0, [], None, None
        self.protocol = ETH_P_IPV6 if len(target) == 16 else ETH_P_ARP
        if self.protocol == ETH_P_ARP:
            self.frame = probe4(link, target)
        else:
            source = source6(link, target)
            if source is None:
                self.problem = '%s has no other IPv6 address to ask from' % link.name
            else:
                self.frame = solicit6(link, source, target)

    def send(self, sock):
        for attempt in (1, 2, 3):
            try:
                sock.send(self.frame)
                self.asked += 1
                return
            except (socket.error, OSError) as error:
                if error.args[0] in (errno.ENOBUFS, errno.EAGAIN) and attempt < 3:
                    time.sleep(0.002)  # the interface's queue is full
                    continue
                self.problem = 'sending on %s failed: %s' % (self.link.name, error.args[-1])
                return

    def hear(self, mac):
        if mac not in self.macs and len(self.macs) < 64:
            self.macs.append(mac)

    def say(self):
        macs = [] if self.problem else self.macs
        for index in self.indexes:
            say(index, self.link.name, self.asked, macs, self.problem)


def say(index, name, asked, macs, problem):
    text = lambda value: 'null' if value is None else '"%s"' % printable(value)
    sys.stdout.write('{"i":%d,"interface":%s,"asked":%d,"macs":[%s],"problem":%s}\n' % (
        index, text(name), asked, ','.join('"%s"' % mac_text(mac) for mac in macs), text(problem)))


def read_asks(links):
    asks = {}
    for line in sys.stdin:
        words = line.split()
        if len(words) != 3:
            continue
        index, address, name = words
        target = socket.inet_pton(socket.AF_INET6 if ':' in address else socket.AF_INET, address)
        link, problem = find_link(links, target, None if name == '-' else name)
        if problem is not None:
            say(int(index), link.name if link else None if name == '-' else name, 0, [], problem)
            continue
        ask = asks.setdefault((link.index, target), Ask(link, target))
        ask.indexes.append(int(index))
    return list(asks.values())


class Round(object):
    """Some addresses at a time, all of them side by side."""

    def __init__(self, asks):
        self.asks = dict(((ask.link.index, ask.target), ask) for ask in asks if ask.problem is None)
        self.socks, self.poll = {}, select.poll()
        for ask in self.asks.values():
            key = ask.link.index, ask.protocol
            if key in self.socks:
                continue
            try:
                self.socks[key] = listen_on(ask.link, ask.protocol)
                self.poll.register(self.socks[key].fileno(), select.POLLIN)
            except (socket.error, OSError) as error:
                self.socks[key] = None
                self.fail(key, 'listening on %s failed: %s' % (ask.link.name, error.args[-1]))

    def fail(self, key, problem):
        for ask in self.asks.values():
            if (ask.link.index, ask.protocol) == key:
                ask.problem = ask.problem or problem

    def run(self):
        for request in range(REQUESTS):
            due = now() + INTERVAL
            for ask in self.asks.values():
                if ask.problem is None:
                    ask.send(self.socks[ask.link.index, ask.protocol])
            self.listen(due if request < REQUESTS - 1 else now() + LINGER)
        for key, sock in self.socks.items():
            if sock is not None:
                dropped = struct.unpack('=II', sock.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1]
                if dropped:
                    self.fail(key, 'the kernel dropped %d packets that may have been answers' % dropped)
                sock.close()

    def listen(self, until):
        while now() < until:
            try:
                ready = set(number for number, _ in self.poll.poll(max(0.0, until - now()) * 1000))
            except (OSError, IOError, select.error) as error:
                if error.args[0] != errno.EINTR:  # Python 2 only; 3 goes on by itself
                    raise
                continue
            for (index, protocol), sock in self.socks.items():
                if sock is not None and sock.fileno() in ready and not self.read(index, protocol, sock):
                    self.poll.unregister(sock.fileno())

    def read(self, index, protocol, sock):
        """Whether more may come: not after the interface is gone or down."""
        for _ in range(1000):
            try:
                frame, sender = sock.recvfrom(2048)
            except (socket.error, OSError) as error:
                if error.args[0] in (errno.EAGAIN, errno.EWOULDBLOCK):
                    return True
                self.fail((index, protocol), 'listening failed: %s' % error.args[-1])
                return False
            if sender[2] in (PACKET_OTHERHOST, PACKET_OUTGOING):
                continue
            address, mac = (claim6 if protocol == ETH_P_IPV6 else claim4)(frame) or (None, None)
            ask = self.asks.get((index, address))
            if ask is not None:
                ask.hear(mac)
        return True


def main():
    give_up_at = now() + int(sys.argv[1]) / 1000.0
    try:
        open_wire().close()
    except (socket.error, OSError) as error:
        sys.stderr.write('packet sockets: %s; asking neighbours needs root (CAP_NET_RAW)\n' % error.args[-1])
        sys.exit(77)
    sys.stdout.write('{"probe":"arp"}\n')
    asks = read_asks(read_links())
    for first in range(0, len(asks), AT_ONCE):
        some = asks[first:first + AT_ONCE]
        if now() > give_up_at:
            for ask in some:
                ask.problem = 'the probe ran out of time'
        else:
            Round(some).run()
        for ask in some:
            ask.say()


main()
`
