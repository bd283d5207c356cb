import { pythonGround } from '../../lib/probe/python.js'
import { pythonAsking } from './python/asking.js'
import { pythonBase } from './python/base.js'
import { pythonDoubts } from './python/doubts.js'
import { pythonLanes } from './python/lanes.js'
import { pythonModel } from './python/model.js'
import { pythonTracer } from './python/tracer.js'

/**
 * For tests: random networks in which time costs nothing. Routers with buckets of several kinds, silent ones, paths that differ by flow,
 * targets that answer, refuse, are silent or not there, or behind a firewall that loses some of what just gets there. Prints whatever a trace says that is not so.
 */
const networks = `
import random

clock = [1000.0]


def now():
    return clock[0]


class Router(object):
    """Answers as Linux does: a bucket for this one receiver."""

    def __init__(self, chance, name):
        self.name = name
        self.silent = chance.random() < 0.15
        self.every = chance.choice([1.0, 1.0, 1.0, 0.1, 0.0])
        self.tokens, self.stamp = 6.0, now()

    def answers(self, cost=1):
        if self.silent:
            return False
        if self.every:
            self.tokens = min(6.0, self.tokens + (now() - self.stamp) / self.every)
            self.stamp = now()
            if self.tokens < cost:
                self.tokens -= min(self.tokens, cost - 1)  # as ip_error() takes one, though icmp_send() then says nothing
                return False
            self.tokens -= cost
        return True


class Network(object):
    """As a wire."""
    name = 'simulated'

    def __init__(self, chance):
        self.chance, self.due, self.count, self.sent = chance, [], 0, 0
        self.trunk = [Router(chance, '10.0.0.%d' % number) for number in range(1, chance.randint(2, 5))]
        self.ways, self.ends, self.losses = {}, {}, {}

    def add(self, job):
        branch = [[Router(self.chance, '10.%d.%d.%d' % (job.index + 1, depth, one)) for one in range(1, self.chance.choice([1, 1, 2]) + 1)]
                  for depth in range(self.chance.randint(0, 4))]
        kind = self.chance.choice(['open', 'closed', 'reply', 'dropped', 'gone', 'no-route', 'rejected', 'limited', 'lossy', 'lossy', 'lossy'])
        self.ends[job] = kind, Router(self.chance, job.address)
        if kind == 'limited':
            self.ends[job][1].silent, self.ends[job][1].every = False, 1.0
        for flow in job.flows:
            # Without another round to compare with, such a loss looks like a silent router.
            self.losses[flow] = self.chance.choice([1, 3, 5]) if kind == 'lossy' and len(flow.rounds) > 1 else 0
            self.ways[flow] = self.trunk + [routers[flow.id * 7919 % len(routers)] for routers in branch]

    def single(self, job):
        return False

    def give_up(self, flow):
        return False

    def forget(self, flow):
        pass

    def send(self, flow, token, ttl):
        self.sent += 1
        way, (kind, host) = self.ways[flow], self.ends[flow.job]
        delay = 0.002 * min(ttl, len(way) + 1) + self.chance.random() * 0.001
        if ttl <= len(way):
            router = way[ttl - 1]
            if router.answers():
                self.later(delay, flow, token, router.name, 'time-exceeded', (11, 0))
        elif kind == 'lossy' and ttl == len(way) + 1 and self.losses[flow]:
            self.losses[flow] -= 1
        elif kind in ('open', 'closed', 'reply', 'lossy'):
            self.later(delay, flow, token, flow.job.address, 'reply' if kind == 'lossy' else kind, None)
        elif kind == 'limited' and host.answers():
            self.later(delay, flow, token, flow.job.address, 'unreachable', (3, 3))
        elif kind in ('no-route', 'rejected') and way[-1].answers(2 if kind == 'no-route' else 1):
            self.later(delay, flow, token, way[-1].name, 'unreachable', (3, 0 if kind == 'no-route' else 13))
        elif kind == 'gone':
            self.later(delay + 3.05, flow, token, way[-1], 'unreachable', (3, 1))

    def later(self, delay, flow, token, *answer):
        self.count += 1
        heapq.heappush(self.due, (now() + delay, self.count, (flow.key(), token) + answer))

    def hear(self, pause):
        until = now() + max(0.0, pause)
        if self.due and self.due[0][0] <= until:
            clock[0] = max(now(), self.due[0][0])
            key, token, sender, answer, icmp = heapq.heappop(self.due)[2]
            if not isinstance(sender, Router):
                yield key, token, sender, answer, icmp
            elif sender.answers():  # ARP has failed only now
                yield key, token, sender.name, answer, icmp
        else:
            clock[0] = until

    def truth(self, of):
        way, (kind, _) = self.ways[of.flow], self.ends[of.flow.job]
        last = {'open': of.flow.job.address, 'closed': of.flow.job.address, 'reply': of.flow.job.address, 'limited': of.flow.job.address, 'lossy': of.flow.job.address,
                'gone': way[-1].name, 'no-route': way[-1].name, 'rejected': way[-1].name}.get(kind)
        if kind in ('gone', 'no-route', 'rejected') and way[-1].silent:
            last = None
        senders = [None if router.silent else router.name for router in way] + [last]
        if last is None:  # nobody looks behind so long a silence for routers that lead nowhere
            for start in range(len(senders) - TAIL + 1):
                if not any(senders[start:start + TAIL]):
                    senders = senders[:start]
                    break
        end = 'silent' if last is None else 'reached' if last == of.flow.job.address else 'stopped'
        while senders and senders[-1] is None:
            senders.pop()
        return senders, end


def simulate(seed):
    chance = random.Random(seed)
    network, jobs = Network(chance), []
    for index in range(chance.randint(1, 5)):
        job = Job(index, 'icmp', 0, 30, 1.0)
        job.family, job.address = socket.AF_INET, '192.0.2.%d' % (index + 1)
        rounds, flows = chance.randint(1, 3), chance.randint(0, 3)
        job.flows = [Flow(job, 1, rounds, 0)] + [Flow(job, number + 2, 1, rounds + number) for number in range(flows)]
        network.add(job)
        jobs.append(job)
    began = now()
    Asking(network, jobs, now() + 600.0, lambda job: None).run()
    for job in jobs:
        for flow in job.flows:
            for of in flow.rounds:
                hops, end = of.result()
                seen = [hop.sender for hop in hops], end
                if seen != network.truth(of):
                    print('network %d, target %d (%s), flow %d: %s, but it is %s' % (
                        seed, job.index, network.ends[job][0], flow.id, seen, network.truth(of)))
    return now() - began, network.sent


took, packets = zip(*[simulate(seed) for seed in range(int(sys.argv[1]), int(sys.argv[2]))])
print('done in %d s at most, with %d packets at most' % (max(took), max(packets)))
`

/** For `python3 -c`: arguments are the first seed and the one after the last. */
export const simulation: string = [
  pythonGround,
  pythonBase,
  pythonModel,
  pythonLanes,
  pythonDoubts,
  pythonTracer,
  pythonAsking,
  networks,
].join('\n\n')
