/** The loop: begins rounds, hears answers, closes jobs. */
export const pythonTracer = `
class Tracer(object):
    def __init__(self, wire, jobs, give_up_at, done):
        self.wire, self.give_up_at, self.done = wire, give_up_at, done
        self.jobs, self.left = jobs, len(jobs)
        self.flows = dict((flow.key(), flow) for job in jobs for flow in job.flows)
        self.lanes, self.timers, self.count = {}, [], 0
        self.nearest = {}   # (family, device): the router that answered last at TTL 1
        self.sent_at = self.error_at = 0.0
        self.errors = {}    # sender: when its last ICMP error came
        self.doubts = Doubts(self)

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
        if of is job.flows[0].rounds[0] and not job.shown and of.shows_the_way():
            job.shown = True
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

    def fail(self, job, number):
        job.problem = local_problem(number)
        self.finish(job)

    def wanted(self, hop):
        return hop.state < SILENT and hop.round.flow.job.problem is None and hop.round.matters(hop)

    def heard(self, key, token, sender, answer, icmp):
        flow = self.flows.get(key)
        if flow is None:
            return
        if answer == 'peer':
            flow.patient_until = now() + PEER_WAIT
            return
        ask = flow.asks.get(token) if token is not None else self.only_ask(flow, icmp)
        if ask is None or ask.hop.state == ANSWERED:
            return
        at, hop = now(), ask.hop
        if answer == 'closed' and hop.doubted is None and self.half_open(flow, ask, at):
            hop.doubted = sender, answer, at - ask.at
            hop.state, hop.slow = QUIET, 0
            self.settle(ask)
            self.enqueue(hop)
            return
        self.settle(ask)
        if icmp is not None:
            self.credit(ask, sender, at)
        self.learn(hop, sender, answer, icmp, at - ask.at)

    def learn(self, hop, sender, answer, icmp, took):
        flow = hop.round.flow
        job = flow.job
        hop.state, hop.sender, hop.answer, hop.icmp, hop.took = ANSWERED, sender, answer, icmp, took
        job.slowest = max(job.slowest or 0.0, took)
        flow.known[hop.ttl] = job.known[hop.ttl] = sender
        if hop.ttl == 1:
            self.nearest[job.family, job.device] = sender
        if answer != 'time-exceeded':
            job.distance = min(job.distance, hop.ttl)
            self.reopen(hop)
        for other in hop.round.heard(hop, now()):
            self.enqueue(other)
        self.go_on(hop.round)

    def reopen(self, hop):
        """
        A round that has ended with a silence where the target now answered another round of the flow has lost its answer: a
        stateful firewall may drop each SYN for seconds after the last one was refused.
        """
        flow = hop.round.flow
        for of in flow.rounds:
            lost = of.hops.get(hop.ttl)
            if of.end is None or lost is None or lost.state != SILENT or lost.extra >= EXTRA:
                continue
            if of.goal is None or of.goal > hop.ttl:
                of.end = None
                flow.job.unfinished += 1
                lost.state, lost.slow = QUIET, 0
                lost.extra += 1
                self.enqueue(lost)

    def half_open(self, flow, ask, at):
        """
        Whether an earlier SYN may have opened the connection by half: another SYN then gets a RST from a port that is open
        (RFC 9293 section 3.10.7.4). Our kernel's RST ends that as soon as the SYN-ACK gets here.
        """
        for other in flow.asks.values():
            if other.at <= ask.at and other is not ask and other.hop.ttl >= ask.hop.ttl:
                answered = other.hop.state == ANSWERED
                if not answered or (other.hop.answer == 'open' and other.at > at - GAP):
                    return True
        return False

    def only_ask(self, flow, icmp):
        """What is answered by a service's own datagram, or an ICMP error that quotes too little. Clear only if it can be one ask alone."""
        at = now()
        recent = [ask for ask in flow.asks.values() if ask.at > at - ALONE and ask.hop.state != ANSWERED]
        if len(recent) == 1:
            return recent[0]
        flow.serial, flow.blind = True, flow.blind or icmp is not None
        return None
`
