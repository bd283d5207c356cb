/** Lanes: how fast one router may be asked. */
export const pythonLanes = `
class Lane(object):
    """
    One router, or whoever answers behind it or at a distance, as a bucket of ICMP errors: Linux has 6 and refills one a
    second for each receiver (icmp(7) icmp_ratelimit; inet_peer_xrlim_allow). Asks beyond the bucket are allowed one by
    one, then twice as many and so on, as most routers send far more. The first that is not answered ends that, and the
    pace is looked for that the router does keep. What a bucket denies costs it nothing.
    """
    __slots__ = 'router', 'tokens', 'stamp', 'interval', 'window', 'out', 'queue', 'heard', 'timer', 'streak', 'floor', 'cut_at'
    count = 0

    def __init__(self, router):
        self.router = router  # whether the lane is a known router's
        self.tokens, self.stamp, self.interval = float(BURST), now(), PACE
        self.window = 1       # how many may be unanswered beyond the bucket
        self.out, self.queue, self.heard, self.timer = 0, [], 0, None
        self.streak = 0       # paced asks answered in a row
        self.floor = 0.0      # an interval that was too short
        self.cut_at = 0.0     # when the pace was lowered: older asks say nothing more about it

    def push(self, hop, again=False):
        """First the first round of every target, then the second, so that whatever ends early is of most use."""
        Lane.count += 1
        heapq.heappush(self.queue, (hop.round.rank, not again, Lane.count, hop))

    def refill(self, at):
        self.tokens = min(BURST, self.tokens + (at - self.stamp) / self.interval)
        self.stamp = at

    def answered(self, beyond):
        """Beyond: the ask had no token. Then the router sends more than was thought."""
        self.heard += 1
        if beyond and self.window:
            self.window = min(WINDOW, self.window + 1)
        elif not self.window:
            self.streak += 1
            if self.streak >= 3 and self.interval * 0.7 > self.floor:
                self.interval, self.streak = self.interval * 0.7, 0

    def missed(self, asked_at):
        """The router sends no more than this."""
        if asked_at < self.cut_at:
            return
        self.cut_at = now()
        if self.window:
            # One that answered many at once before may be held by a limit on all it sends, such as icmp_msgs_per_sec.
            self.window, self.interval = 0, TRIAL if self.heard < 4 * BURST else TRIAL / 5
        else:
            self.floor = max(self.floor, self.interval)
            self.interval = min(PACE, self.interval * 2)
        self.tokens, self.streak = min(self.tokens, 0.0), 0
`
