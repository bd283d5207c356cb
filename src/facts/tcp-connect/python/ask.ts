/** One target, one attempt at it, and what its socket can tell. */
export const pythonAsk = String.raw`
class Job(object):
    """One address and port; asked until it answers or its silence is certain."""
    __slots__ = ('index', 'family', 'address', 'target', 'wait', 'source', 'asks', 'silent', 'confirmed', 'limited', 'itself')

    def __init__(self, index, family, target, wait, source):
        self.index, self.family, self.target, self.wait, self.source = index, family, target, wait, source
        self.address = target[0].split('%')[0]
        self.asks, self.silent, self.confirmed, self.limited = 0, True, False, False
        self.itself = 0


class Ask(object):
    __slots__ = ('job', 'socket', 'began', 'until', 'took', 'watch_until')

    def __init__(self, job, sock, began, until):
        self.job, self.socket, self.began, self.until, self.took = job, sock, began, until, None


def icmp_error(sock):
    """(errno, json, sender) of the ICMP error that the kernel kept, None without one."""
    error = read_error_queue(sock)
    if error is None:
        return None
    number, icmp_type, code, sender = error[:4]
    if icmp_type is None:  # Python 2: that there was one is all it can tell
        return number, '"seen"', None
    return number, '[%d,%d,%s]' % (icmp_type, code, '"%s"' % sender if sender else 'null'), sender
`
