/** Sends, hears, and asks again what did not answer. */
export const pythonTracer = String.raw`
class Ask(object):
    __slots__ = ('hop', 'lane', 'at', 'beyond', 'slow', 'open', 'volley')

    def __init__(self, hop, lane, at, beyond, volley):
        self.hop, self.lane, self.at, self.beyond, self.volley, self.open = hop, lane, at, beyond, volley, True


class Tracer(object):
    def __init__(self, wire, jobs, give_up_at, done):
        self.wire, self.give_up_at, self.done = wire, give_up_at, done
        self.jobs, self.left = jobs, len(jobs)
        self.flows = dict((flow.key(), flow) for job in jobs for flow in job.flows)
        self.lanes, self.timers, self.count, self.nearest = {}, [], 0, {}

    def run(self):
        for job in self.jobs:
            self.begin(job.flows[0].rounds[0], 0)
        while self.left and now() < self.give_up_at:
            at = now()
            while self.timers and self.timers[0][0] <= at:
                _, _, call, what = heapq.heappop(self.timers)
                call(what)
            until = min(self.timers[0][0] if self.timers else at + 1, self.give_up_at)
            for answer in self.wire.hear(until - now()):
                self.heard(*answer)

    def later(self, seconds, call, what):
        self.count += 1
        heapq.heappush(self.timers, (now() + seconds, self.count, call, what))

    def begin(self, of, expected):
        of.begun, of.expected = True, expected
        self.go_on(of)

    def go_on(self, of):
        """Asks what the round wants to know next, or closes it."""
        job = of.flow.job
        if of.end is not None or job.problem is not None:
            return
        for hop in of.advance():
            self.enqueue(hop)
        first = job.flows[0].rounds[0]
        if of is first and (of.goal is not None or of.end is not None):
            for flow in job.flows:
                for other in flow.rounds:
                    if not other.begun:
                        self.begin(other, of.goal or of.last)
        if of.end is not None:
            job.unfinished -= 1
            if job.unfinished == 0:
                self.finish(job)

    def finish(self, job):
        self.left -= 1
        for flow in job.flows:
            flow.asks = {}
        self.done(job)

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
        lane = self.lane_of(hop)
        (lane.doubtful if hop.state == QUIET else lane.queue).append(hop)
        self.wake(lane, 0.0)

    def wake(self, lane, seconds):
        at = now() + seconds
        if lane.timer is None or at < lane.timer:
            lane.timer = at
            self.later(seconds, self.pump, lane)

    def pump(self, lane):
        """Sends what the lane may be sent now, and comes back when it may be sent more."""
        at = now()
        if lane.timer is None or lane.timer > at:
            return
        lane.timer = None
        lane.refill(at)
        while lane.queue and not (lane.doubtful and lane.doubt_next and lane.window == 0):
            beyond = lane.tokens < 1
            if beyond and lane.out >= lane.window:
                break
            hop = lane.queue.pop(0)
            if not self.wanted(hop):
                continue
            better = self.lane_of(hop)
            if better is not lane:
                better.queue.append(hop)
                self.wake(better, 0.0)
                continue
            if not beyond:
                lane.tokens -= 1
            lane.doubt_next = True
            self.ask(hop, lane, beyond, None)
        if lane.doubtful:
            rest = GAP - (at - lane.sent_at)
            if rest <= 0:
                self.ask_doubtful(lane)
            elif lane.doubt_next or not lane.queue:
                self.wake(lane, rest)
        if lane.queue and lane.out < max(1, lane.window):
            self.wake(lane, max(0.001, (1 - lane.tokens) * lane.interval))

    def ask_doubtful(self, lane):
        """Asks the silent slowly. Where several are asked at once and any answers, a limit may be why the others did not."""
        chosen, size = [], lane.volley
        while lane.doubtful and len(chosen) < size:
            hop = lane.doubtful.pop(0)
            if self.wanted(hop):
                chosen.append(hop)
        lane.doubt_next = False
        volley = [len(chosen), 0]
        lane.tokens = min(lane.tokens, 0.0)
        for hop in chosen:
            self.ask(hop, lane, False, volley)
        if lane.doubtful:
            self.wake(lane, GAP)

    def wanted(self, hop):
        return hop.state < SILENT and hop.round.flow.job.problem is None and hop.round.matters(hop)

    def ask(self, hop, lane, beyond, volley):
        flow = hop.round.flow
        job, token = flow.job, flow.token()
        at = now()
        try:
            self.wire.send(flow, token, hop.ttl)
        except (socket.error, OSError) as error:
            number = error.args[0]
            if number not in (errno.ENOBUFS, errno.EAGAIN, errno.EINTR):
                return self.fail(job, number)
        hop.asks += 1
        ask = flow.asks[token] = Ask(hop, lane, at, beyond, volley)
        lane.sent_at = at
        lane.out += 1
        if volley is None:
            return self.later(job.first_wait(), self.quick_over, ask)
        # The second slow ask does not wait for the end of the first, which may be ARP's.
        if hop.slow == 0:
            return self.later(GAP, self.slow_over, ask)
        return self.later(max(job.wait, ARP_WAIT if hop.ttl > hop.round.last else 0.0), self.slow_over, ask)

    def fail(self, job, number):
        job.problem = local_problem(number)
        self.finish(job)

    def quick_over(self, ask):
        """No answer to a quick ask: too many at once, or nobody who would."""
        hop, lane = ask.hop, ask.lane
        if not ask.open:
            return
        ask.open = False
        lane.out -= 1
        if self.wanted(hop):
            hop.misses += 1
            limited = ask.beyond or (lane.router and lane.heard > 0 and hop.round.flow.known.get(hop.ttl) is not None)
            if limited:
                lane.missed(ask.beyond)
            if not limited or not lane.router or hop.misses > 5:
                hop.state = QUIET
            self.enqueue(hop)
            if hop.state == QUIET:
                self.go_on(hop.round)
        self.wake(lane, 0.0)

    def slow_over(self, ask):
        hop, lane = ask.hop, ask.lane
        if not ask.open:
            return
        ask.open = False
        lane.out -= 1
        size, answers = ask.volley
        if size > 1 and answers > 0:
            lane.volley = max(1, min(lane.volley, size) // 2)
        elif answers == 0:
            hop.slow += 1
            lane.volley = min(VOLLEY, lane.volley * 2)
        if self.wanted(hop):
            if hop.slow >= 2:
                hop.state = SILENT
                self.go_on(hop.round)
            else:
                self.enqueue(hop)
        self.wake(lane, 0.0)

    def heard(self, key, token, sender, answer, icmp):
        flow = self.flows.get(key)
        ask = flow.asks.get(token) if flow is not None else None
        if ask is None:
            return
        at, hop, lane = now(), ask.hop, ask.lane
        job, took = flow.job, now() - ask.at
        if ask.open:
            ask.open = False
            lane.out -= 1
        job.slowest = max(job.slowest or 0.0, took)
        if hop.state == ANSWERED:
            return
        hop.state, hop.sender, hop.answer, hop.icmp, hop.took = ANSWERED, sender, answer, icmp, took
        if icmp is not None:
            self.credit(ask, sender, at)
        flow.known[hop.ttl] = job.known[hop.ttl] = sender
        if hop.ttl == 1:
            self.nearest[job.family, job.device] = sender
        hop.round.heard(hop)
        self.go_on(hop.round)
        self.wake(lane, 0.0)

    def credit(self, ask, sender, at):
        """Notes whose bucket the answer came from."""
        if ask.volley is not None:
            ask.volley[1] += 1
        ask.lane.answered(ask.beyond)
        own = self.lane(sender, True)
        if own is not ask.lane:
            own.refill(at)
            own.answered(own.tokens < 1)
            own.tokens = max(0.0, own.tokens - 1)
`
