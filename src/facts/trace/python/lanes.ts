/** Lanes: how fast one router may be asked. */
export const pythonLanes = String.raw`
class Lane(object):
    """
    One router, or whoever answers behind it or at a distance, as a bucket of ICMP errors: Linux has 6 and refills one a
    second for each receiver (icmp(7) icmp_ratelimit; inet_peer_xrlim_allow). Asks beyond the bucket are allowed one by
    one, then twice as many and so on, as most routers send far more; the first that is not answered ends that.
    """
    __slots__ = ('tokens', 'stamp', 'interval', 'window', 'most', 'out', 'queue', 'doubtful', 'sent_at', 'heard',
                 'timer', 'router', 'streak', 'floor', 'volley', 'doubt_next')

    def __init__(self, router):
        self.router = router      # whether the lane is a known router's
        self.tokens, self.stamp, self.interval = float(BURST), now(), PACE
        self.window, self.out, self.queue, self.doubtful = 1, 0, [], []
        self.sent_at, self.heard, self.timer = 0.0, 0, None
        self.streak = 0           # paced asks answered in a row
        self.floor = 0.0          # an interval that was too short
        self.volley = VOLLEY
        self.doubt_next = False   # the doubtful and the others take turns

    def refill(self, at):
        self.tokens = min(BURST, self.tokens + (at - self.stamp) / self.interval)
        self.stamp = at

    def answered(self, beyond):
        """Beyond: the ask had no token. Then the router sends more than was thought."""
        self.heard += 1
        if beyond:
            self.window = min(WINDOW, self.window + 1)
        elif self.window == 0:
            self.streak += 1
            if self.streak >= 3 and self.interval * 0.7 > self.floor:
                self.interval, self.streak = self.interval * 0.7, 0

    def missed(self, beyond):
        """The router sends no more than this."""
        if beyond:
            self.window = 0 if self.router else max(1, self.window // 2)
        else:
            self.floor = max(self.floor, self.interval)
            self.interval = min(PACE, self.interval / 0.7)
            self.window = 0
        self.tokens, self.streak = min(self.tokens, 0.0), 0
`
