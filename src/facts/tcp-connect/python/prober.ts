/** Asks in lanes: side by side, and within a lane one after another. */
export const pythonProber = `
class Prober(object):
    def __init__(self, give_up_at):
        self.give_up_at = give_up_at
        self.room = room_for_sockets(MOST_SOCKETS)
        self.live, self.timers = {}, []
        self.asking = 0       # how many of the live have not been answered
        self.edge = hasattr(select, 'epoll')
        self.poll = select.epoll() if self.edge else select.poll()
        self.read, self.write = (select.EPOLLIN, select.EPOLLOUT) if self.edge else (select.POLLIN, select.POLLOUT)
        self.heard = set()    # addresses that sent an ICMP error themselves
        self.shared = False   # a device on the way sent one: its rate limit may be behind any silence

    def run(self, lanes):
        """Asks the (job, wait) of every lane in order, GAP apart; lanes side by side."""
        begin = now()
        due = [(begin, number, 0) for number in range(len(lanes))]
        while due or self.live:
            time_now = now()
            if time_now > self.give_up_at:
                for ask in list(self.live.values()):
                    self.close(ask)
                return
            for _ in range(BURST):
                if not due or due[0][0] > time_now or len(self.live) >= self.room:
                    break
                _, number, position = heapq.heappop(due)
                job, wait = lanes[number][position]
                self.ask(job, wait)
                if position + 1 < len(lanes[number]):
                    heapq.heappush(due, (now() + GAP, number, position + 1))
            self.turn(due[0][0] if due and len(self.live) < self.room else None)

    def turn(self, wake):
        time_now = now()
        moments = [moment for moment in (wake, self.timers[0][0] if self.timers else None) if moment is not None]
        pause = max(0.0, min(moments) - time_now) if moments else 0.0
        events = self.wait(pause)
        time_now = now()
        for number, event in events:
            ask = self.live.get(number)
            if ask is not None:
                self.event(ask, event, time_now)
        time_now = now()
        while self.timers and self.timers[0][0] <= time_now:
            until, number = heapq.heappop(self.timers)
            ask = self.live.get(number)
            if ask is not None and ask.until <= time_now:
                self.elapsed(ask)

    def wait(self, pause):
        while True:
            try:
                return self.poll.poll(pause if self.edge else pause * 1000)
            except (OSError, IOError, select.error) as error:
                if error.args[0] != errno.EINTR:  # Python 2 only; 3 goes on by itself
                    raise

    def ask(self, job, wait):
        job.asks += 1
        sock, stage = None, 'unasked'
        try:
            sock = socket.socket(job.family, socket.SOCK_STREAM)
            sock.setblocking(False)
            if LINUX:
                level, option = (0, IP_RECVERR) if job.family == socket.AF_INET else (41, IPV6_RECVERR)
                sock.setsockopt(level, option, 1)
            if job.source != '-':
                stage = 'source'
                bind_source(sock, job.family, job.source)
        except (socket.error, OSError, ValueError) as error:
            if sock is not None:
                sock.close()
            return self.settle(job, stage, errno=name_of(error.args[0]), text=str(error.args[-1]))
        began = now()
        number = sock.connect_ex(job.target)
        if number in (0, errno.EINPROGRESS):
            ask = Ask(job, sock, began, began + wait)
            self.live[sock.fileno()] = ask
            self.asking += 1
            self.poll.register(sock.fileno(), self.write)
            heapq.heappush(self.timers, (ask.until, sock.fileno()))
            return None
        sock.close()
        if number in (errno.EAGAIN, errno.EADDRNOTAVAIL):  # no free local port, or no address of this family to send from
            return self.settle(job, 'source', errno=name_of(number))
        return self.settle(job, 'error', errno=name_of(number), local=True, ms=(now() - began) * 1000)

    def event(self, ask, event, at):
        if ask.took is not None:
            return self.look(ask)
        took = (at - ask.began) * 1000
        number = ask.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        icmp = icmp_error(ask.socket) if LINUX and (number or not event & self.write) else None
        if icmp is not None and number == 0:
            number = icmp[0]
        if number == 0:
            if event & self.write:
                self.opened(ask, took)
            return None
        if number in (errno.ECONNRESET, errno.EPIPE):
            return self.finish(ask, 'reset', ms=took)
        if number == errno.ETIMEDOUT:
            return self.close(ask)
        self.note(ask.job, number, icmp)
        return self.finish(ask, 'error', errno=name_of(number), icmp=icmp[1] if icmp else None, ms=took)

    def note(self, job, number, icmp):
        """Remembers whose ICMP answers may be rate-limited. Our own are not."""
        if icmp is None:
            if not QUEUE and number != errno.ECONNREFUSED:
                self.shared = True
            if not QUEUE:
                self.heard.add(job.address)
        elif icmp[2] == job.address:
            self.heard.add(job.address)
        elif icmp[2] is None or not is_own(icmp[2]):
            self.shared = True

    def opened(self, ask, took):
        """The handshake is done; a service that aborts it does so within a round trip."""
        if ask.socket.getsockname()[:2] == ask.job.target[:2]:  # not getpeername, which a reset leaves without an answer
            return self.met_itself(ask)
        ask.took = took
        self.asking -= 1
        ask.watch_until = now() + WATCH_MOST
        ask.until = now() + min(WATCH_MOST, max(WATCH_LEAST, 2 * took / 1000))
        heapq.heappush(self.timers, (ask.until, ask.socket.fileno()))
        self.poll.modify(ask.socket.fileno(), self.read)

    def met_itself(self, ask):
        """The kernel chose the port that is asked about to send from, and the socket connected to itself (RFC 9293 section 3.5)."""
        ask.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))  # no TIME_WAIT in a service's way
        self.close(ask)
        ask.job.itself += 1
        if ask.job.itself > 5:
            return self.settle(ask.job, 'source', errno='EADDRNOTAVAIL')
        ask.job.asks -= 1
        return self.ask(ask.job, ask.job.wait)

    def look(self, ask):
        try:
            ask.socket.recv(4096)  # a greeting, or the end: either way the service lives
        except socket.error as error:
            if error.args[0] in (errno.EAGAIN, errno.EINTR):
                return None
            return self.finish(ask, 'reset', ms=ask.took)
        return self.finish(ask, 'open', ms=ask.took)

    def elapsed(self, ask):
        if ask.took is None:
            return self.close(ask)
        if self.asking and len(self.live) < self.room and ask.until < ask.watch_until:
            ask.until += WATCH_LEAST  # others keep us here anyway
            heapq.heappush(self.timers, (ask.until, ask.socket.fileno()))
            return None
        return self.finish(ask, 'open', ms=ask.took)

    def finish(self, ask, outcome, **more):
        try:
            more['source'] = ask.socket.getsockname()[0].split('%')[0]
        except socket.error:
            pass
        self.close(ask)
        return self.settle(ask.job, outcome, **more)

    def close(self, ask):
        number = ask.socket.fileno()
        self.poll.unregister(number)
        del self.live[number]
        self.asking -= ask.took is None
        ask.socket.close()

    def settle(self, job, outcome, **more):
        job.silent = False
        say(job.index, job, outcome, **more)
`
