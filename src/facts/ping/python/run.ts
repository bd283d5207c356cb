/** All addresses side by side, each at its own pace; the silent once more, and where routers send errors also alone. */
export const pythonRun = String.raw`
class Run(object):
    def __init__(self, give_up_at):
        self.give_up_at, self.room, self.rate = give_up_at, room_for_sockets(MOST_SOCKETS), 0.0
        self.live, self.timers, self.next_at, self.serial = {}, [], {}, 0
        self.edge = hasattr(select, 'epoll')
        self.poll = select.epoll() if self.edge else select.poll()
        self.reads = select.EPOLLIN if self.edge else select.POLLIN
        self.shared = False  # a device on the way sends ICMP errors: its rate limit may be behind any silence

    def run(self, tasks):
        waiting = list(reversed(tasks))
        while (waiting or self.live) and now() < self.give_up_at:
            at = now()
            for _ in range(BURST):
                if waiting and self.admits(waiting[-1]):
                    self.begin(waiting.pop())
            for _ in range(BURST):
                if self.timers and self.timers[0][0] <= now():
                    _, _, task, step = heapq.heappop(self.timers)
                    if not task.finished:
                        step(task)
            moments = [moment for moment in (at if waiting and self.admits(waiting[-1]) else None,
                                             self.timers[0][0] if self.timers else None) if moment is not None]
            self.listen(max(0.0, min(moments) - now()) if moments else 0.0)
        for task in list(self.live.values()):
            task.problem = task.problem or ('unasked', 'ETIME', 'the probe ran out of time')
            self.finish(task)
        for task in waiting:
            task.problem = 'unasked', 'ETIME', 'the probe ran out of time'

    def admits(self, task):
        return not self.live or (len(self.live) < self.room and self.rate + 1 / task.interval <= RATE)

    def begin(self, task):
        try:
            task.open()
        except Failed as failure:
            return task.fail(failure)
        self.rate += 1 / task.interval
        self.live[task.echo.socket.fileno()] = task
        self.poll.register(task.echo.socket.fileno(), self.reads)
        self.later(now(), task, self.request)

    def later(self, when, task, step):
        self.serial += 1
        heapq.heappush(self.timers, (when, self.serial, task, step))

    def request(self, task):
        """The next request, or a later moment for it when another task has just asked the same address."""
        due = self.next_at.get(task.address, 0.0)
        if due > now():
            self.next_at[task.address] = due + task.interval
            return self.later(due, task, self.send)
        return self.send(task)

    def send(self, task):
        if not self.sent(task):
            return
        self.next_at[task.address] = max(self.next_at.get(task.address, 0.0), task.last + task.interval)
        if len(task.sent_at) < task.count:
            self.later(task.last + task.interval, task, self.request)
        else:
            self.later(task.last + min(GAP, task.wait), task, self.again)

    def sent(self, task):
        for attempt in range(4):
            try:
                task.send()
                return True
            except Failed as failure:
                if failure.number in (errno.ENOBUFS, errno.ENOMEM, errno.EAGAIN) and attempt < 3:
                    time.sleep(0.002)  # the interface's queue is full
                    continue
                task.fail(failure)
                self.later(now() + (task.wait if task.sent_at else 0.05), task, self.finish)
                return False

    def again(self, task):
        """What has been silent is asked once more: an ICMP error may have been held back so far (icmp_ratelimit)."""
        if not task.silent():
            return self.later(task.last + task.wait, task, self.finish)
        if task.wait < GAP and now() < task.last + GAP:
            return self.later(task.last + GAP, task, self.again)
        if self.sent(task):
            self.later(task.last + task.wait, task, self.finish)

    def listen(self, pause):
        try:
            events = self.poll.poll(pause if self.edge else pause * 1000)
        except (OSError, IOError, select.error) as error:
            if error.args[0] != errno.EINTR:  # Python 2 only; 3 goes on by itself
                raise
            return
        for number, _ in events:
            task = self.live.get(number)
            if task is not None and task.read():
                self.note(task)
                if task.complete():
                    self.finish(task)

    def note(self, task):
        for _, _, sender, _ in task.errors.values():
            if sender != task.address and sender != task.from_address and not (sender and is_own(sender)):
                self.shared = True

    def finish(self, task):
        task.finished = True
        if task.echo is None:
            return
        task.read()
        number = task.echo.socket.fileno()
        self.rate -= 1 / task.interval
        self.poll.unregister(number)
        del self.live[number]
        task.echo.socket.close()

    def confirm(self, tasks):
        """Asks some of the silent alone, one after another."""
        silent = [task for task in tasks if task.silent()]
        if not silent or not self.shared:
            return
        last = now()
        for task in spread(silent, SAMPLES):
            if now() + 2 * ALONE > self.give_up_at:
                return
            time.sleep(max(0.0, last + ALONE - now()))
            try:
                task.open()
            except Failed:
                continue
            task.alone, last = self.sent(task), now()
            while task.silent() and now() < last + GAP:
                select.select([task.echo.socket], [], [], max(0.0, last + GAP - now()))
                task.read()
            task.echo.socket.close()


def spread(tasks, count):
    """Evenly chosen, as neighbouring addresses often share one fate."""
    return [tasks[position * len(tasks) // count] for position in range(count)] if len(tasks) > count else tasks
`
