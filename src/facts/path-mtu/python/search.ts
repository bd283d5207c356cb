/** The search for one address. */
export const pythonSearch = String.raw`
class Search(object):
    def __init__(self, job, family, target):
        self.index, _, _, self.source, self.up_to, self.wait = job
        self.family, self.target, self.address = family, target, target[0].split('%')[0]
        self.headers = 48 if family == socket.AF_INET6 else 28  # IP and ICMP
        self.from_address, self.error, self.problem, self.device = None, None, None, None
        self.proven, self.refuted, self.named, self.rtt, self.sizes, self.asks = 0, {}, {}, 0.0, [], 0

    def run(self, give_up_at):
        self.give_up_at = give_up_at
        try:
            self.echo = Echo(self.family, self.target, self.source, True)
            try:
                self.from_address = self.echo.source
                self.device = old_kernel_mtu(self.echo) if self.echo.six else None
                self.search()
            finally:
                self.echo.socket.close()
        except Failed as failure:
            self.problem = failure.stage, name_of(failure.number), failure.text
        except NotPermitted:
            self.problem = 'socket', 'EPERM', 'ICMP sockets are not permitted'

    def search(self):
        self.ask(min(self.up_to, self.headers + 56), self.wait)
        if not self.proven:
            self.problem = 'silent', '', 'no echo request was answered, not even one of %d bytes' % min(self.up_to, self.headers + 56)
            return
        for _ in range(ROUNDS):
            self.narrow()
            # Silence is asked again, and longer, before it is called a black hole.
            if self.refuted.get(self.proven + 1) != 'silence' or self.ask(self.proven + 1, self.wait)[0] != 'reply':
                break
        if self.proven < self.top():
            self.problem = 'unasked', 'ETIME', 'the search did not end in time: packets of %d bytes went through' % self.proven

    def top(self):
        """The largest size that is not known to fail."""
        return min([self.up_to] + [self.limit(size) for size in self.refuted if size > self.proven])

    def limit(self, size):
        """What a router or the interface names is believed until a packet of that size went unanswered, too, or a larger one came through."""
        named = self.named.get(size)
        return named if named is not None and self.proven <= named < size else size - 1

    def narrow(self):
        guess = self.top()
        while self.proven < self.top() and self.asks < MOST_ASKS and now() < self.give_up_at:
            answer, mtu = self.ask(guess, max(0.4, 4 * self.rtt + 0.2))
            if answer == 'reply':
                self.refuted.pop(guess, None)
            else:
                self.refuted[guess] = answer
                self.named[guess] = mtu
            guess = mtu if mtu is not None and mtu == self.top() else self.between()

    def between(self):
        """Between what passes and what does not: usual sizes first, and the one above them to prove that it was that."""
        if self.proven in USUAL and self.proven + 1 not in self.refuted and self.proven + 1 <= self.top():
            return self.proven + 1
        usual = [size for size in USUAL if self.proven < size <= self.top()]
        return usual[len(usual) // 2] if usual else (self.proven + self.top() + 1) // 2

    def ask(self, size, wait):
        """('reply' | 'interface' | 'icmp' | 'silence', the MTU that was named or None)."""
        if self.device and size > self.device:
            return 'interface', self.device
        payload, answer, wait = pattern(size - self.headers), 'silence', min(wait, self.wait)
        first = len(self.sizes)
        for _ in range(TRIES):
            self.asks += 1
            mtu = self.send(payload, size)
            if mtu is not None:
                return 'interface', mtu or None
            began = self.began
            while now() < began + wait:
                self.pause(began + wait - now())
                self.hear(began)
                if self.proven >= size:
                    return 'reply', None
                for sequence, icmp_type, code, sender, named in self.heard:
                    if sequence is not None and sequence < first:
                        continue
                    self.error, answer = (icmp_type, code, sender, named), 'icmp'
                    if (icmp_type, code) == ((2, 0) if self.echo.six else (3, 4)):
                        return 'icmp', named
        return answer, None

    def send(self, payload, size):
        """None when it left; else the interface's MTU, 0 when it is not told."""
        for attempt in range(6):
            try:
                self.began = self.echo.send(len(self.sizes) & 0xffff, payload)
                self.sizes.append(size)
                return None
            except Failed as failure:
                if failure.number == errno.EMSGSIZE:
                    return max([mtu or 0 for _, icmp_type, _, _, mtu in self.echo.errors() if icmp_type == 0] or [0])
                if failure.number not in (errno.ENOBUFS, errno.ENOMEM, errno.EAGAIN) or attempt == 5:
                    raise
                time.sleep(0.01)  # the interface's queue is full

    def hear(self, began):
        for sequence, arrived, _ in self.echo.replies(self.up_to):
            if sequence < len(self.sizes):  # a late answer proves its size as well
                self.proven = max(self.proven, self.sizes[sequence])
                if sequence == len(self.sizes) - 1:
                    self.rtt = max(self.rtt, arrived - began)
        self.heard = [error for error in self.echo.errors() if error[1] != 0]

    def pause(self, seconds):
        poll = select.poll()
        poll.register(self.echo.socket.fileno(), select.POLLIN)
        try:
            poll.poll(max(1, seconds * 1000))
        except (OSError, IOError, select.error) as error:
            if error.args[0] != errno.EINTR:  # Python 2 only
                raise

    def say(self):
        above = [size for size in self.refuted if size > self.proven]
        sys.stdout.write('{"i":%d,"address":%s,"source":%s,"mtu":%s,"limit":"%s","tooBig":%s,"error":%s,"problem":%s}\n' % (
            self.index, json_text(self.address), json_text(self.from_address), json_number(self.proven or None),
            self.refuted[min(above)] if above else 'none' if self.proven else 'silence', json_number(min(above) if above else None),
            '[%d,%d,%s,%s]' % (self.error[0], self.error[1], json_text(self.error[2]), json_number(self.error[3])) if self.error else 'null',
            '[%s]' % ','.join(json_text(part) for part in self.problem) if self.problem else 'null'))


def old_kernel_mtu(echo):
    """The interface's MTU on kernels before 5.18, which fragment ICMPv6 of raw and ping sockets although IPV6_DONTFRAG is set."""
    version = os.uname()[2].replace('-', '.').split('.')[:2]
    if [int(number) for number in version if number.isdigit()] >= [5, 18] or is_own(echo.address):
        return None
    try:
        digits = ''.join('%02x' % struct.unpack('B', byte)[0] for byte in [
            socket.inet_pton(socket.AF_INET6, echo.source)[place:place + 1] for place in range(16)])
        for line in open('/proc/net/if_inet6'):
            words = line.split()
            if words[0] == digits:
                return int(open('/sys/class/net/%s/mtu' % words[5]).read())
    except (IOError, OSError, ValueError, IndexError):
        pass
    return None
`
