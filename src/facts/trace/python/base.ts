import { pace } from '../timing.js'

export const pythonBase = String.raw`
GAP, LONG_GAP, PACE, BURST = ${pace.gapMs / 1000}, ${pace.longGapMs / 1000}, ${pace.paceMs / 1000}, ${pace.burst}
FIRST_WAIT, ARP_WAIT, RESOLVE = ${pace.firstWaitMs / 1000}, ${pace.arpWaitMs / 1000}, ${pace.resolveMs / 1000}
TRIAL, ALONE, PEER_WAIT = ${pace.trialMs / 1000}, ${pace.aloneMs / 1000}, ${pace.peerMs / 1000}
AHEAD, TAIL, WINDOW, VOLLEY, EXTRA = ${pace.ahead}, ${pace.tail}, ${pace.window}, ${pace.volley}, ${pace.extra}


def quoted(text):
    return 'null' if text is None else '"%s"' % printable(text)


def hop_text(hop):
    kind, code = hop.icmp or ('null', 'null')
    took = 'null' if hop.took is None else '%.3f' % (hop.took * 1000)
    return '[%s,%s,%s,%s,%s,%d]' % (quoted(hop.sender), quoted(hop.answer), kind, code, took, hop.asks)


def round_text(of):
    hops, end = of.result()
    return '{"end":"%s","hops":[%s]}' % (end, ','.join(hop_text(hop) for hop in hops))


def say(job, probe):
    parts = ['"i":%d,"probe":"%s","address":%s,"source":%s' % (job.index, probe, quoted(job.address), quoted(job.source))]
    if job.problem is not None:
        parts.append('"problem":%s,"detail":%s' % (quoted(job.problem[0]), quoted(job.problem[1])))
    else:
        flows = ['{"id":%d,"rounds":[%s]}' % (flow.id, ','.join(round_text(of) for of in flow.rounds)) for flow in job.flows]
        parts.append('"flows":[%s]' % ','.join(flows))
    sys.stdout.write('{%s}\n' % ','.join(parts))
    sys.stdout.flush()
`
