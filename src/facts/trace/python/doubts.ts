/** Before a hop is called silent it is asked when nothing else can have used up the answers of whoever it is. */
export const pythonDoubts = `
class Volley(object):
    __slots__ = ('size', 'answers')

    def __init__(self, size):
        self.size, self.answers = size, 0


class Doubts(object):
    """
    Hops that did not answer are asked again together: first nothing at all is sent for GAP seconds, so that every
    router has an answer to give; before the last volley longer, as "no route" costs Linux two (ip_error and icmp_send both
    count it), and costs one even if it is not said. A volley without any ICMP error shows that none of its hops is held back by a limit:
    whoever limits them would have answered once. Routers save up their answers meanwhile, so that the others lose no time.
    """

    def __init__(self, tracer):
        self.tracer, self.hops, self.planned, self.hold = tracer, [], False, False
        self.current = None  # the volley whose answers may be on their way

    def add(self, hop):
        self.hops.append(hop)
        if not self.planned:
            self.planned = True
            busy = any(lane.queue for lane in self.tracer.lanes.values())
            self.tracer.later(GAP if busy else 0.0, self.be_quiet, None)

    def be_quiet(self, _):
        self.hold = True
        self.tracer.later(max(0.0, self.rest()), self.send, None)

    def rest(self):
        """Seconds until whoever answered last, or was asked last, has an answer to give again."""
        single = self.tracer.wire.single
        wait = LONG_GAP if any(hop.slow or single(hop.round.flow.job) for hop in self.hops if self.tracer.wanted(hop)) else GAP
        return max(self.tracer.sent_at, self.tracer.error_at) + wait - now()

    def heard(self, ask):
        """An ICMP error came. In reply to an older ask, it may have been what the router could say to this volley."""
        for volley in set([ask.volley, self.current]):
            if volley is not None:
                volley.answers += 1

    def send(self, _):
        rest = self.rest()
        if rest > 0:
            return self.tracer.later(rest, self.send, None)
        waiting = [hop for hop in self.hops if self.tracer.wanted(hop)]
        waiting.sort(key=lambda hop: (not hop.alone(), -hop.unclear, hop.ttl))
        # What stays unclear among many is asked among fewer and fewer, at last alone.
        most = VOLLEY >> min(6, max(hop.unclear for hop in waiting) // 3) if waiting else 0
        chosen, self.hops, flows = [], [], set()
        for hop in waiting:
            flow = hop.round.flow
            single = self.tracer.wire.single(flow.job)
            if len(chosen) >= most or flow in flows or (single and flow.open):
                self.hops.append(hop)
                continue
            if single or flow.serial or hop.alone():
                flows.add(flow)
            chosen.append(hop)
        volley = self.current = Volley(len(chosen))
        longest = 0.0 if chosen or not waiting else FIRST_WAIT
        for hop in chosen:
            self.tracer.ask(hop, None, False, volley)
            longest = max(longest, hop.round.flow.job.first_wait())
        return self.tracer.later(longest, self.release, None)

    def release(self, _):
        self.hold = self.planned = False
        self.current = None
        self.tracer.wake_all()
        left, self.hops = self.hops, []
        for hop in left:
            self.add(hop)

    def spent_late(self, ask):
        """Whether the router that would tell of ARP's failure, 3 s after the ask, had something else to tell then."""
        hop = ask.hop
        before = hop.round.hops.get(hop.round.last)
        if before is None or hop.ttl != hop.round.last + 1:
            return False
        return self.tracer.errors.get(before.sender, 0.0) > ask.at + ARP_WAIT - LONG_GAP

    def over(self, ask):
        """The wait for an answer has ended."""
        hop, volley = ask.hop, ask.volley
        if not self.tracer.wanted(hop):
            return None
        if volley.answers or self.spent_late(ask):
            hop.unclear += 1
        elif ask.at > hop.round.goal_at:
            hop.slow += 2 if self.tracer.wire.single(hop.round.flow.job) else 1
        if hop.slow < 2:
            return self.add(hop)
        patient_until = hop.round.flow.patient_until
        if hop.ttl > hop.round.last and ask.at < patient_until:
            # The target may trace us over the same ports: to a stateful firewall our SYN is none of its connection, so it drops it.
            return self.tracer.later(max(0.0, patient_until - now()), self.add, hop)
        if hop.extra < EXTRA and hop.round.answered_elsewhere(hop):
            hop.extra += 1
            return self.add(hop)
        if hop.doubted is not None:
            return self.tracer.learn(hop, hop.doubted[0], hop.doubted[1], None, hop.doubted[2])
        hop.state = SILENT
        return self.tracer.go_on(hop.round)
`
