/** One address that is pinged for one request, and what was heard of it. */
export const pythonTask = String.raw`
class Task(object):
    def __init__(self, job, family, target):
        self.index, _, _, self.count, self.interval, self.size, self.df, self.source, self.wait = job
        self.family, self.target, self.address = family, target, target[0].split('%')[0]
        self.echo, self.from_address, self.problem, self.finished = None, None, None, False
        self.sent_at, self.replies, self.errors = [], {}, {}
        self.duplicates, self.alone, self.last, self.mtu = 0, False, 0.0, None

    def open(self):
        self.echo = Echo(self.family, self.target, self.source, self.df)
        self.from_address = self.echo.source
        self.payload = pattern(self.size)

    def send(self):
        self.last = self.echo.send(len(self.sent_at) & 0xffff, self.payload)
        self.sent_at.append(self.last)

    def read(self):
        """Whether anything new was heard."""
        before = len(self.replies) + len(self.errors)
        for sequence, arrived, ttl in self.echo.replies(self.size):
            if sequence in self.replies:
                self.duplicates += 1
            elif sequence < len(self.sent_at):
                self.replies[sequence] = (arrived - self.sent_at[sequence]) * 1000, ttl
        for sequence, icmp_type, code, sender, mtu in self.echo.errors():
            if icmp_type != 0 and (sequence is None or sequence < len(self.sent_at)):
                self.errors.setdefault(sequence, (icmp_type, code, sender, mtu))
            elif icmp_type == 0:
                self.mtu = mtu
        return len(self.replies) + len(self.errors) > before

    def fail(self, failure):
        text = failure.text
        if failure.number == errno.EMSGSIZE:
            self.read()
            text += ', MTU %d' % self.mtu if self.mtu else ''
        self.problem = failure.stage, name_of(failure.number), text

    def silent(self):
        return bool(self.sent_at) and not (self.replies or self.errors or self.problem)

    def complete(self):
        return len(self.sent_at) >= self.count and len(set(self.replies) | set(self.errors)) >= len(self.sent_at)

    def say(self, confirmed):
        replies = ','.join('[%d,%.3f,%s]' % (number, max(0.0, rtt), json_number(ttl)) for number, (rtt, ttl) in sorted(self.replies.items()))
        errors = ','.join('[%s,%d,%d,%s,%s]' % (json_number(number), icmp_type, code, json_text(sender), json_number(mtu))
                          for number, (icmp_type, code, sender, mtu) in self.errors.items())
        sys.stdout.write('{"i":%d,"address":%s,"source":%s,"sent":%d,"replies":[%s],"duplicates":%d,"errors":[%s],"confirmed":%s,"problem":%s}\n' % (
            self.index, json_text(self.address), json_text(self.from_address), len(self.sent_at), replies, self.duplicates, errors,
            'true' if confirmed else 'false', '[%s]' % ','.join(json_text(part) for part in self.problem) if self.problem else 'null'))
`
