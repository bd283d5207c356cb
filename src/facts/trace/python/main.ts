export const pythonMain = `
def main():
    give_up_at = now() + int(sys.argv[1]) / 1000.0
    jobs = read_jobs()
    try:
        wire = RawWire(jobs)
    except (socket.error, OSError):
        wire = SocketWire()
    said = set()

    def done(job):
        said.add(job.index)
        say(job, wire.name)

    for job in jobs:
        if job.problem is None:
            try:
                wire.open(job)
            except NotPossible as error:
                job.problem = error.args
            except (socket.error, OSError) as error:
                job.problem = 'source-error' if job.device else 'unsupported', str(error.args[-1])
        if job.problem is not None:
            done(job)
    Asking(wire, [job for job in jobs if job.problem is None], give_up_at, done).run()
    for job in jobs:
        if job.index not in said:
            done(job)
    os._exit(0)  # a thread may still hang in a resolver


main()
`
