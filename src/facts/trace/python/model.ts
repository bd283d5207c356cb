/** What is traced: jobs have flows, flows have rounds, rounds have hops. */
export const pythonModel = `
class Job(object):
    """One request."""

    def __init__(self, index, protocol, port, maximum, wait):
        self.index, self.protocol, self.port, self.maximum, self.wait = index, protocol, port, maximum, wait
        self.family = self.address = self.source = self.device = self.destination = None
        self.packed_source = self.packed_target = None
        self.flows, self.problem = [], None
        self.known = {}      # TTL: who answered last, in any flow
        self.distance = 256  # the lowest TTL that reached the end in any flow
        self.slowest = None  # seconds; the longest round trip so far
        self.unfinished = 0  # rounds
        self.shown = False   # whether the first round has shown what the others will meet

    def first_wait(self):
        return min(self.wait, 0.5 if self.slowest is None else max(FIRST_WAIT, 4 * self.slowest))


class Flow(object):
    __slots__ = ('job', 'id', 'rounds', 'known', 'asks', 'next', 'serial', 'blind', 'sent_at', 'patient_until', 'reaching', 'waiting', 'open', 'paired')

    def __init__(self, job, ident, rounds, rank):
        self.job, self.id = job, ident
        self.known = {}  # TTL: who answered last
        self.asks = {}   # token: Ask
        self.next = struct.unpack('=I', os.urandom(4))[0] >> (0 if job.protocol == 'tcp' else 16)
        self.serial = self.blind = False  # answers do not say to what: the target's; the routers', too
        self.sent_at = self.patient_until = 0.0
        self.open = 0        # asks without an answer
        self.paired = False  # whether the target may trace us over the same ports
        self.reaching, self.waiting = None, []  # TCP: the SYN that is to reach the target, and the hops that wait for its end
        self.rounds = [Round(self, rank + number) for number in range(rounds)]
        job.unfinished += rounds

    def key(self):
        job = self.job
        return job.protocol, job.address, self.id, 0 if job.protocol == 'icmp' else job.port

    def token(self):
        """
        TCP: a sequence number, of which nobody guesses the first. The next ones follow closely: to a stateful firewall they are one
        connection's, tried again. Else what fits into an echo's sequence number and an IPv4 identification.
        """
        if self.job.protocol == 'tcp':
            self.next = (self.next + 1) & 0xffffffff
        else:
            self.next = self.next % 0xffff + 1
        return self.next


class Hop(object):
    __slots__ = ('round', 'ttl', 'state', 'asks', 'sender', 'answer', 'icmp', 'took', 'slow', 'unclear', 'misses', 'doubted', 'extra')

    def __init__(self, of, ttl):
        self.round, self.ttl, self.state = of, ttl, ASKED
        self.asks = self.slow = self.unclear = self.misses = self.extra = 0
        self.sender = self.answer = self.icmp = self.took = None
        self.doubted = None  # a RST that an earlier SYN may be the reason of

    def alone(self):
        """Whether other asks of the flow at the same time would spoil this one."""
        return self.doubted is not None or self.extra > 0


ASKED, QUIET, SILENT, ANSWERED = range(4)  # quiet: did not answer the first ask


class Round(object):
    """One trace. Knows which distances to ask next and when it has come to an end; sends nothing."""
    __slots__ = ('flow', 'hops', 'end', 'goal', 'last', 'expected', 'begun', 'rank', 'goal_at')

    def __init__(self, flow, rank):
        self.flow, self.rank, self.hops, self.end, self.begun = flow, rank, {}, None, False
        self.goal = None   # the lowest TTL with an answer that is no time-exceeded
        self.goal_at = 0.0
        self.last = 0      # the highest below it with an answer
        self.expected = 0  # what other rounds showed: asked without waiting for nearer ones

    def heard(self, hop, at):
        """Takes an answer in. Returns hops that are in doubt again."""
        nearer = hop.answer != 'time-exceeded' and (self.goal is None or hop.ttl < self.goal)
        if nearer:
            self.goal, self.goal_at = hop.ttl, at
        self.last = max([0] + [ttl for ttl, other in self.hops.items()
                               if other.state == ANSWERED and (self.goal is None or ttl < self.goal)])
        again = []
        for ttl, other in self.hops.items():
            # What was lost until now may be the goal itself, nearer than it seems: only silence from here on tells.
            if nearer and self.last < ttl < self.goal and other.state in (QUIET, SILENT):
                other.slow = 0
                if other.state == SILENT:
                    other.state = QUIET
                    again.append(other)
        return again

    def matters(self, hop):
        return self.end is None and (self.goal is None or hop.ttl <= self.goal)

    def answered_elsewhere(self, hop):
        """Whether another round got an answer where this one has none: a loss is then likelier than a silence."""
        flow = self.flow
        return hop.ttl in flow.known or (self.goal is None and hop.ttl == flow.job.distance)

    def shows_the_way(self):
        """Whether all has been asked once: what is left are answers that come late or never."""
        return self.end is not None or self.goal is not None or all(hop.state != ASKED for hop in self.hops.values())

    def advance(self):
        """The hops to be asked now. Sets end when there are none and all have been."""
        limit, edge = self.limits()
        hops, fresh = self.hops, []
        middle = (edge + limit) // 2
        if self.goal is not None and limit - edge > 2 and (middle not in hops or hops[middle].state == ASKED):
            # Far behind a silence the target answered: where it stands is found by halves.
            if middle not in hops:
                hops[middle] = Hop(self, middle)
                fresh.append(hops[middle])
            return fresh
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
