/** A question, and the server it is for with its pace. */
export const pythonServer = `
class Question(object):
    __slots__ = ('index', 'server', 'tcp', 'source', 'wait', 'tries', 'wire', 'edns', 'sent', 'ids', 'strays', 'truncated', 'oddity', 'stray')

    def __init__(self, index, server, tcp, source, wait, tries, wire):
        self.index, self.server, self.tcp, self.source = index, server, tcp, source
        self.wait, self.tries, self.wire, self.edns = wait, tries, wire, True
        self.sent, self.ids, self.strays, self.truncated, self.oddity, self.stray = 0, {}, 0, False, None, None

    def packet(self):
        """The next query: with a new id, and without EDNS where the server does not know it."""
        identity = os.urandom(2)
        self.ids[bytes(identity)] = now()
        self.sent += 1
        if self.edns:
            return identity + self.wire[2:]
        return identity + self.wire[2:10] + b'\\0\\0' + self.wire[12:-EDNS_OCTETS]

    def question(self):
        return self.wire[12:-EDNS_OCTETS]


class Server(object):
    """What is to be asked of one address and port, and how fast it may be."""

    def __init__(self, family, target, rate):
        self.family, self.target, self.rate = family, target, rate
        self.waiting, self.asked, self.window, self.shrunk, self.silences = [], 0, WINDOW, 0.0, 0
        self.tokens, self.filled = float(BURST), now()

    def may_send(self, at):
        """0 when a query may leave now, else the moment at which to look again; None: only after an answer."""
        if self.asked >= self.window:
            return None
        if not self.rate:
            return 0
        self.tokens = min(float(BURST), self.tokens + (at - self.filled) * self.rate)
        self.filled = at
        return 0 if self.tokens >= 1 else at + (1 - self.tokens) / self.rate

    def answered(self):
        self.silences = 0
        self.window = min(MOST_WINDOW, self.window + 1)

    def lost(self, wait):
        """A lost query may be a server that has had enough: once for all that were lost together. Not one that is dead."""
        at = now()
        if self.silences < PATIENCE and at - self.shrunk > wait:
            self.window, self.shrunk = max(LEAST_WINDOW, self.window // 2), at

    def silent(self):
        """A question stayed unanswered. Many in a row: the server is dead, and slowness would only cost time."""
        self.silences += 1
        if self.silences == PATIENCE:
            self.window = max(WINDOW, self.window)

    def tries(self, question):
        return question.tries if self.silences < PATIENCE else 1
`
