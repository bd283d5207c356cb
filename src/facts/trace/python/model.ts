/** What is traced: jobs have flows, flows have rounds, rounds have hops. */
export const pythonModel = String.raw`
class Job(object):
    """One request."""

    def __init__(self, index, protocol, port, maximum, wait):
        self.index, self.protocol, self.port, self.maximum, self.wait = index, protocol, port, maximum, wait
        self.family = self.address = self.source = self.device = self.destination = None
        self.packed_source = self.packed_target = None
        self.flows, self.problem = [], None
        self.known = {}      # TTL: who answered last, in any flow
        self.slowest = None  # seconds; the longest round trip so far
        self.unfinished = 0  # rounds
        self.shown = False   # whether the first round has shown what the others will meet

    def first_wait(self):
        return min(self.wait, 0.5 if self.slowest is None else max(FIRST_WAIT, 4 * self.slowest))


class Flow(object):
    __slots__ = ('job', 'id', 'rounds', 'known', 'asks', 'next', 'serial', 'sent_at')

    def __init__(self, job, ident, rounds):
        self.job, self.id = job, ident
        self.known = {}  # TTL: who answered last
        self.asks = {}   # token: Ask
        self.next = ord(os.urandom(1)) + 1
        self.serial, self.sent_at = False, 0.0
        self.rounds = [Round(self) for _ in range(rounds)]
        job.unfinished += rounds

    def key(self):
        job = self.job
        return job.protocol, job.address, self.id, 0 if job.protocol == 'icmp' else job.port

    def token(self):
        """TCP: a sequence number nobody guesses. Else what fits into an echo's sequence number and an IPv4 identification."""
        if self.job.protocol == 'tcp':
            return struct.unpack('=I', os.urandom(4))[0]
        self.next = self.next % 0xffff + 1
        return self.next


class Hop(object):
    __slots__ = ('round', 'ttl', 'state', 'asks', 'sender', 'answer', 'icmp', 'took', 'slow', 'unclear', 'misses')

    def __init__(self, of, ttl):
        self.round, self.ttl, self.state = of, ttl, ASKED
        self.asks = self.slow = self.unclear = self.misses = 0
        self.sender = self.answer = self.icmp = self.took = None


ASKED, QUIET, SILENT, ANSWERED = range(4)  # quiet: did not answer the first ask


class Round(object):
    """One trace. Knows which distances to ask next and when it has come to an end; sends nothing."""
    __slots__ = ('flow', 'hops', 'end', 'goal', 'last', 'expected', 'begun')

    def __init__(self, flow):
        self.flow, self.hops, self.end, self.begun = flow, {}, None, False
        self.goal = None   # the lowest TTL with an answer that is no time-exceeded
        self.last = 0      # the highest below it with an answer
        self.expected = 0  # what other rounds showed: asked without waiting for nearer ones

    def heard(self, hop):
        if hop.answer != 'time-exceeded':
            if self.goal is None or hop.ttl < self.goal:
                self.goal = hop.ttl
        self.last = max([0] + [ttl for ttl, other in self.hops.items()
                               if other.state == ANSWERED and (self.goal is None or ttl < self.goal)])

    def matters(self, hop):
        return self.end is None and (self.goal is None or hop.ttl <= self.goal)

    def shows_the_way(self):
        """Whether all has been asked once: what is left are answers that come late or never."""
        return self.end is not None or self.goal is not None or all(hop.state != ASKED for hop in self.hops.values())

    def advance(self):
        """The hops to be asked now. Sets end when there are none and all have been."""
        limit, edge = self.limits()
        hops, fresh = self.hops, []
        waiting = sum(1 for ttl, hop in hops.items() if ttl > self.last and hop.state == ASKED and ttl <= edge)
        for ttl in range(1, limit + 1):
            if ttl in hops:
                continue
            if ttl > self.expected and ttl > self.last:
                if waiting >= AHEAD:
                    break
                waiting += 1
            hops[ttl] = Hop(self, ttl)
            fresh.append(hops[ttl])
        if self.goal is None and limit == edge < self.flow.job.maximum and self.flow.job.maximum not in hops:
            if all(hops[ttl].state in (QUIET, SILENT) for ttl in range(self.last + 1, limit + 1) if ttl in hops):
                # Before a long silence is called the end the target is asked itself, over whatever is silent before it.
                far = hops[self.flow.job.maximum] = Hop(self, self.flow.job.maximum)
                fresh.append(far)
        if not fresh:
            self.end = self.outcome(limit)
        return fresh

    def limits(self):
        """(the last TTL to be asked, the same without the far ask)."""
        maximum = self.flow.job.maximum
        edge = min(maximum, self.last + TAIL)
        if self.goal is not None:
            return self.goal - 1, edge
        return edge, edge

    def outcome(self, limit):
        """How the trace ends; None while a hop that matters is still being asked."""
        hops = self.hops
        if self.loop_at():
            return 'loop'
        if self.goal is not None:
            if any(hops[ttl].state < SILENT for ttl in range(1, self.goal)):
                return None
            return 'reached' if hops[self.goal].sender == self.flow.job.address else 'stopped'
        if any(hop.state < SILENT for hop in hops.values()):
            return None
        return 'unfinished' if self.last == self.flow.job.maximum else 'silent'

    def loop_at(self):
        """The TTL at which a router answers for the third time with others between, or for the fifth time in a row; 0 without a loop."""
        seen, row = {}, 0
        for ttl in range(1, self.last + 1):
            hop = self.hops.get(ttl)
            if hop is None or hop.state < SILENT or hop.answer not in (None, 'time-exceeded'):
                return 0
            if hop.sender is None:
                row = 0
                continue
            before = self.hops.get(ttl - 1)
            row = row + 1 if before is not None and before.sender == hop.sender else 1
            turns = seen.setdefault(hop.sender, [])
            if not turns or turns[-1] < ttl - 1:
                turns.append(ttl)
            else:
                turns[-1] = ttl
            if len(turns) == 3 or row == 5:
                return ttl
        return 0

    def result(self):
        """The hops that count, and the end."""
        last = self.loop_at() if self.end == 'loop' else self.goal or self.last
        counted = []
        for ttl in range(1, last + 1):
            hop = self.hops.get(ttl)
            if hop is None or hop.state < SILENT:
                break
            counted.append(hop)
        return counted, self.end or 'unfinished'
`
