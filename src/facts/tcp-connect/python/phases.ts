/** Everything in parallel, then the silent alone. */
export const pythonPhases = String.raw`
def spread(lane, count):
    """Evenly chosen, as neighbouring ports often share one rule."""
    if len(lane) <= count:
        return list(lane)
    return [lane[position * len(lane) // count] for position in range(count)]


def confirm(prober, silent):
    """Asks the silent again, alone, so that no rate limit can swallow an answer; see the README."""
    by_address = {}
    merged = prober.shared
    for job in silent:
        by_address.setdefault('' if merged else job.address, []).append(job)
    chosen = {}
    for key, lane in by_address.items():
        chosen[key] = spread(lane, MORE if merged or key in prober.heard else FEW)
    time.sleep(GAP)
    prober.run([[(job, ALONE) for job in lane] for lane in chosen.values()])
    time.sleep(max(0.0, GAP - ALONE))
    again = [[(job, max(LONG, job.wait)) for job in lane if job.silent] for lane in chosen.values()]
    prober.run([lane for lane in again if lane])
    alone = set(job for lane in chosen.values() for job in lane)
    rest = [job for job in silent if job not in alone]
    for _ in range(ROUNDS):
        left = [job for job in rest if job.silent]
        prober.run([[(job, job.wait)] for job in left])
        if sum(1 for job in left if not job.silent) * 10 <= len(left):
            break
    for key, lane in by_address.items():
        answered = any(not job.silent for job in lane)
        limited = answered or prober.shared or key in prober.heard
        for job in lane:
            job.limited = limited
            asked_alone = job in alone and job.asks >= 3 and prober.shared == merged
            job.confirmed = asked_alone or (job.asks >= 2 and job not in alone and not limited)


def main():
    began = now()
    sys.stdout.write('{"probe":"python%d","icmp":"%s"}\n' % (
        sys.version_info[0], 'none' if not QUEUE else 'full' if sys.version_info[0] > 2 else 'seen'))
    prober = Prober(began + int(sys.argv[1]) / 1000.0)
    jobs = read_jobs()
    prober.run([[(job, job.wait)] for job in jobs])
    silent = [job for job in jobs if job.silent and job.asks]
    if silent and now() < prober.give_up_at:
        sys.stdout.flush()
        confirm(prober, silent)
    for job in jobs:
        if job.silent and job.asks:
            say(job.index, job, 'timeout', confirmed=job.confirmed, limited=job.limited)
        elif job.silent:
            say(job.index, job, 'unasked')
    sys.stdout.flush()
    os._exit(0)  # a thread may still hang in a resolver


main()
`
