/** All questions, side by side as their servers' windows and rates allow. */
export const pythonAsking = `
def say(question, status, tcp, rtt=None, octets=b'', words=''):
    sys.stdout.write('[%d,"%s","%s",%d,%s,%d,%d,"%s","%s"]\\n' % (
        question.index, status, 'tcp' if tcp else 'udp', question.truncated, 'null' if rtt is None else '%.3f' % rtt,
        question.sent, question.strays, binascii.b2a_base64(bytes(octets)).decode('ascii').strip(), printable(words)))


written = [0]


def fits(octets):
    written[0] += len(octets)
    return written[0] <= MOST_OCTETS


class Asking(object):
    def __init__(self, servers, give_up_at):
        self.servers, self.give_up_at = servers, give_up_at
        self.room = room_for_sockets(MOST_SOCKETS)
        self.live, self.timers = {}, []
        self.poll = select.epoll() if hasattr(select, 'epoll') else select.poll()
        self.scale = 1 if hasattr(select, 'epoll') else 1000

    def run(self):
        while any(server.waiting for server in self.servers) or self.live:
            if now() > self.give_up_at:
                return
            wake = self.fill()
            if not self.live and wake is None:
                continue
            moments = [moment for moment in (wake, self.timers[0][0] if self.timers else None) if moment is not None]
            pause = max(0.0, min(moments) - now()) if moments else 0.0
            for number, event in self.wait(pause):
                exchange = self.live.get(number)
                if exchange is not None:
                    self.event(exchange, event)
            self.expire()

    def wait(self, pause):
        try:
            return self.poll.poll((pause + 0.0005) * self.scale)
        except (OSError, IOError, select.error) as error:
            if error.args[0] != errno.EINTR:
                raise
            return []

    def fill(self):
        """Sends what may be sent; the moment at which more may be, if that is known."""
        wake = None
        for server in self.servers:
            while server.waiting and len(self.live) < self.room:
                when = server.may_send(now())
                if when != 0:
                    wake = when if wake is None else wake if when is None else min(wake, when)
                    break
                server.tokens -= 1
                question = server.waiting.pop()
                self.begin(question, question.tcp)
        return wake

    def begin(self, question, tcp):
        stage = 'unsupported'
        try:
            exchange = Exchange(question, tcp)
        except (socket.error, OSError) as error:
            return say(question, stage, tcp, words=name_of(error.args[0]))
        try:
            exchange.open()
            exchange.send()
        except (socket.error, OSError, ValueError) as error:
            number, words = exchange.failure(error)
            exchange.sock.close()
            return say(question, self.refusal(question, number, error), tcp, words=words)
        number = exchange.sock.fileno()
        self.live[number] = exchange
        question.server.asked += 1
        self.poll.register(number, select.POLLOUT if tcp else select.POLLIN)
        heapq.heappush(self.timers, (exchange.until, number))

    def refusal(self, question, number, error):
        """Why nothing left this host."""
        if isinstance(error, ValueError) or number in (errno.EADDRNOTAVAIL, errno.ENODEV):
            return 'source-error'
        if number == errno.EPERM and question.source[0] == '%':
            return 'source-error'
        return 'rejected' if number == errno.ECONNREFUSED else 'local-error'

    def event(self, exchange, event):
        try:
            if exchange.writing:
                number = exchange.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if number:
                    raise OSError(number, os.strerror(number))
                exchange.write()
                if not exchange.writing:
                    self.poll.modify(exchange.sock.fileno(), select.POLLIN)
                return None
            data = exchange.read()
        except (socket.error, OSError) as error:
            if error.args[0] in (errno.EAGAIN, errno.EINTR):
                return self.only_an_error(exchange, event)
            number, words = exchange.failure(error)
            return self.end(exchange, 'rejected', words=words)
        if data is None:
            return None
        if exchange.tcp and data == b'':
            return self.end(exchange, 'malformed' if exchange.data else 'rejected', words='the connection ended before the answer')
        return self.received(exchange, data)

    def only_an_error(self, exchange, event):
        """An error on the queue that is none of the socket's own would wake us for ever."""
        if event & select.POLLERR and LINUX:
            read_error_queue(exchange.sock)

    def received(self, exchange, data):
        question = exchange.question
        kind = judge(question, data)
        if kind != 'answer':
            if kind == 'stray':
                question.strays += 1
                question.stray = question.stray or data
            else:
                question.oddity = data
            return self.silence(exchange) if exchange.tcp else None
        rtt = (now() - question.ids[bytes(data[:2])]) * 1000
        flags, code = bytearray(data)[2], bytearray(data)[3] & 15
        if code in (1, 4) and question.edns and question.sent <= question.tries:
            question.edns = False  # RFC 6891 section 6.2.2: it may know no EDNS
            self.close(exchange)
            return self.begin(question, exchange.tcp)
        if flags & 2 and not exchange.tcp:
            question.truncated = True
            self.close(exchange)
            return self.begin(question, True)
        question.server.answered()
        if not fits(data):
            return self.end(exchange, 'unsupported', words='all answers together were larger than a probe gives back')
        return self.end(exchange, 'answered', rtt=rtt, octets=data)

    def expire(self):
        at = now()
        while self.timers and self.timers[0][0] <= at:
            until, number = heapq.heappop(self.timers)
            exchange = self.live.get(number)
            if exchange is None or exchange.until > at:
                continue
            question = exchange.question
            question.server.lost(question.wait)
            if exchange.tcp or question.sent >= question.server.tries(question):
                question.server.silent()
                self.silence(exchange)
                continue
            try:
                exchange.send()
                heapq.heappush(self.timers, (exchange.until, number))
            except (socket.error, OSError) as error:
                number, words = exchange.failure(error)
                self.end(exchange, 'rejected', words=words)

    def silence(self, exchange):
        question = exchange.question
        if question.oddity is not None:
            return self.end(exchange, 'malformed', octets=question.oddity)
        if question.stray is not None:
            return self.end(exchange, 'mismatched', octets=question.stray if fits(question.stray) else b'')
        came = len(exchange.data)
        return self.end(exchange, 'timeout', words='%d octets of the answer had come' % came if came else '')

    def end(self, exchange, status, **more):
        self.close(exchange)
        say(exchange.question, status, exchange.tcp, **more)

    def close(self, exchange):
        number = exchange.sock.fileno()
        self.poll.unregister(number)
        del self.live[number]
        exchange.question.server.asked -= 1
        exchange.sock.close()


def read_servers():
    servers = {}
    for line in sys.stdin:
        words = line.split()
        if len(words) != 9:
            continue
        host, port, rate = words[1], int(words[2]), float(words[7])
        key = host, port
        if key not in servers:
            try:
                entry = socket.getaddrinfo(host.encode(), port, 0, socket.SOCK_DGRAM, 0, socket.AI_NUMERICHOST)[0]
                servers[key] = Server(entry[0], entry[4], rate)
            except (socket.error, UnicodeError):
                servers[key] = None
        server = servers[key]
        question = Question(int(words[0]), server, words[3] == 'tcp', words[4], int(words[5]) / 1000.0,
                            int(words[6]), binascii.unhexlify(words[8].encode('ascii')))
        if server is None:
            say(question, 'local-error', question.tcp, words='the host has not the interface of its zone')
            continue
        server.rate = min(rate, server.rate) if rate and server.rate else rate or server.rate
        server.waiting.append(question)
    reached = [server for server in servers.values() if server is not None]
    for server in reached:
        server.waiting.reverse()
    return reached


def main():
    sys.stdout.write('{"probe":"python%d"}\\n' % sys.version_info[0])
    asking = Asking(read_servers(), now() + int(sys.argv[1]) / 1000.0)
    asking.run()
    for exchange in list(asking.live.values()):
        asking.end(exchange, 'unsupported', words='the probe was out of time')
    for server in asking.servers:
        for question in server.waiting:
            say(question, 'unsupported', question.tcp, words='the probe was out of time')
    sys.stdout.flush()


main()
`
