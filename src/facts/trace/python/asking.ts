/** Who is asked when, and what it means that an answer is missing. */
export const pythonAsking = `
class Ask(object):
    __slots__ = ('hop', 'lane', 'at', 'beyond', 'volley', 'open')

    def __init__(self, hop, lane, at, beyond, volley):
        self.hop, self.lane, self.at, self.beyond, self.volley, self.open = hop, lane, at, beyond, volley, True


class Asking(Tracer):
    def lane_of(self, hop):
        """Who is thought to answer: the router seen there before, else whoever comes after the one before."""
        flow, ttl = hop.round.flow, hop.ttl
        job = flow.job
        sender = flow.known.get(ttl) or job.known.get(ttl) or (self.nearest.get((job.family, job.device)) if ttl == 1 else None)
        if sender is not None:
            return self.lane(sender, True)
        before = flow.known.get(ttl - 1) or job.known.get(ttl - 1)
        return self.lane(('after', before) if before else ('at', job.family, ttl), False)

    def lane(self, key, router):
        lane = self.lanes.get(key)
        if lane is None:
            lane = self.lanes[key] = Lane(router)
        return lane

    def enqueue(self, hop):
        if hop.state == QUIET:
            return self.doubts.add(hop)
        lane = self.lane_of(hop)
        lane.push(hop)
        return self.wake(lane, 0.0)

    def wake(self, lane, seconds):
        at = now() + seconds
        if lane.timer is None or at < lane.timer:
            lane.timer = at
            self.later(seconds, self.pump, lane)

    def wake_all(self):
        for lane in self.lanes.values():
            if lane.queue:
                self.wake(lane, 0.0)

    def pump(self, lane):
        """Sends what the lane may be sent now, and comes back when it may be sent more."""
        at = now()
        if lane.timer is None or lane.timer > at:
            return
        lane.timer = None
        if self.doubts.hold:
            return
        lane.refill(at)
        while lane.queue:
            hop = lane.queue[0][3]
            better = self.lane_of(hop)
            if not self.wanted(hop) or better is not lane or self.must_wait(hop):
                heapq.heappop(lane.queue)
                if better is not lane and self.wanted(hop):
                    self.enqueue(hop)
                continue
            beyond = lane.tokens < 1
            if beyond and lane.out >= lane.window:
                break
            if not beyond:
                lane.tokens -= 1
            heapq.heappop(lane.queue)
            self.ask(hop, lane, beyond, None)
        if lane.queue and not lane.window:
            self.wake(lane, max(0.001, (1 - lane.tokens) * lane.interval))

    def must_wait(self, hop):
        """Where answers do not say enough, one ask has to be over before the next: it comes back to the queue then."""
        flow = hop.round.flow
        if not self.wanted(hop):
            return False
        single = flow.open > 0 and self.wire.single(flow.job)
        if single or (flow.reaching is not None and flow.reaching.open and hop.ttl >= flow.job.distance):
            flow.waiting.append(hop)
            return True
        rest = flow.sent_at + ALONE - now() if flow.serial and (flow.blind or hop.ttl > hop.round.last) else 0.0
        if rest > 0:
            self.later(rest, self.enqueue, hop)
        return rest > 0

    def ask(self, hop, lane, beyond, volley):
        flow = hop.round.flow
        job, token = flow.job, flow.token()
        at = now()
        try:
            self.wire.send(flow, token, hop.ttl)
        except (socket.error, OSError) as error:
            if error.args[0] not in (errno.ENOBUFS, errno.EAGAIN, errno.EINTR):
                return self.fail(job, error.args[0])
        hop.asks += 1
        ask = flow.asks[token] = Ask(hop, lane, at, beyond, volley)
        self.sent_at = flow.sent_at = at
        if job.protocol == 'tcp' and hop.ttl >= job.distance:
            flow.reaching = ask
        flow.open += 1
        if volley is None:
            lane.out += 1
            wait = job.first_wait()
        elif hop.slow == 0 and not self.wire.single(job):  # there the kernel itself sends the SYN again, after 1 s and 3 s
            wait = GAP  # the second slow ask does not wait for the end of the first, which may be ARP's
        else:
            wait = max(job.wait, ARP_WAIT if hop.ttl > hop.round.last else 0.0)
        return self.later(wait, self.over, ask)

    def settle(self, ask):
        if ask.open:
            ask.open = False
            flow = ask.hop.round.flow
            flow.open -= 1
            if flow.paired and flow.open == 0 and flow.job.protocol == 'tcp':
                self.forget(flow)
            if flow.waiting and (ask is flow.reaching or flow.open == 0):
                waiting, flow.waiting = flow.waiting, []
                for hop in waiting:
                    self.enqueue(hop)
            if ask.lane is not None:
                ask.lane.out -= 1
                self.wake(ask.lane, 0.0)

    def forget(self, flow):
        try:
            self.wire.forget(flow)
        except (socket.error, OSError):
            pass  # what is wrong shows with the next ask

    def over(self, ask):
        """No answer in time. Too many at once, or nobody who would?"""
        if not ask.open:
            return None
        self.settle(ask)
        if self.wire.give_up(ask.hop.round.flow):
            self.sent_at = now()
        if ask.volley is not None:
            return self.doubts.over(ask)
        hop, lane = ask.hop, ask.lane
        if not self.wanted(hop):
            return None
        hop.misses += 1
        paced = lane.heard > 0 and (not lane.window or hop.round.flow.known.get(hop.ttl) is not None)
        if lane.router and (ask.beyond or paced) and hop.misses < 5:
            lane.missed(ask.at)
            lane.push(hop, True)
            return self.wake(lane, 0.0)
        if ask.beyond:
            lane.window = max(1, lane.window // 2)
        hop.state = QUIET
        self.enqueue(hop)
        return self.go_on(hop.round)

    def credit(self, ask, sender, at):
        """Notes whose bucket the answer came from."""
        self.error_at = self.errors[sender] = at
        self.doubts.heard(ask)
        if ask.lane is not None:
            ask.lane.answered(ask.beyond)
        own = self.lane(sender, True)
        if own is not ask.lane:
            own.refill(at)
            own.answered(own.tokens < 1)
            own.tokens = max(0.0, own.tokens - 1)
`
