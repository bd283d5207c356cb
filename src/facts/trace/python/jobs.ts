/** Reads the requests; finds addresses, sources and flows. */
export const pythonJobs = `
NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)
POLICY = (errno.EACCES, errno.EPERM, errno.EINVAL)  # prohibit; netfilter's drop; blackhole


def local_problem(number):
    kind = 'no-route' if number in NO_ROUTE else 'local-policy' if number in POLICY else 'unsupported'
    return kind, name_of(number)


def find_source(job, source):
    """The address that packets to the target leave with. Sends nothing."""
    sock = socket.socket(job.family, socket.SOCK_DGRAM)
    stage = 'source-error'
    try:
        if source != '-':
            bind_source(sock, job.family, source)
            if source[0] == '%':
                job.device = source[1:]
        stage = None
        sock.connect((job.destination[0], job.port or 9) + tuple(job.destination[2:]))
        job.source = sock.getsockname()[0].split('%')[0]
    except (socket.error, OSError, ValueError) as error:
        number = error.args[0]
        if stage is None and number == errno.EADDRNOTAVAIL:
            stage = 'no-route'  # no address of this family to send from
        job.problem = (stage, str(error.args[-1])) if stage else local_problem(number)
    finally:
        sock.close()


def free_port(family):
    """A port that nobody here uses. Of TCP it stays reserved: a socket that is only bound receives nothing."""
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a socket of ours may take it, too
    sock.bind(('', 0))
    reserved.append(sock)
    return sock.getsockname()[1]


reserved = []


def plan_flows(job, ident, rounds, flows):
    chosen = not ident
    if chosen:
        ident = free_port(job.family) if job.protocol != 'icmp' else struct.unpack('=H', os.urandom(2))[0] or 1
    for number in range(flows + 1):
        place = ident + number
        place = place if place < 65536 else place - 65536 + 1024
        job.flows.append(Flow(job, place, rounds, 0) if number == 0 else Flow(job, place, 1, rounds + number - 1))
    if job.protocol != 'icmp' and not chosen:
        job.flows[0].paired = True
        job.flows[0].patient_until = now() + PEER_WAIT  # its SYNs may have passed before we listened


def set_target(job, found):
    job.family, target = found
    job.packed_target = socket.inet_pton(job.family, target[0].split('%')[0])
    job.address = socket.inet_ntop(job.family, job.packed_target)
    job.destination = (target[0], 0) + tuple(target[2:])


def read_jobs():
    rows, names = [], set()
    for line in sys.stdin:
        words = line.split()
        if len(words) != 11:
            continue
        index, host, protocol, port, ident, source, family, maximum, rounds, flows, wait = words
        job = Job(int(index), protocol, int(port), int(maximum), int(wait) / 1000.0)
        try:
            found = look_up(host, 0, '0', socket.AI_NUMERICHOST)
        except (socket.error, UnicodeError):
            found = None
            names.add((host, family))
        rows.append((job, found, host, family, source, int(ident), int(rounds), int(flows)))
    answers = look_up_names(names, RESOLVE) if names else {}
    for job, found, host, family, source, ident, rounds, flows in rows:
        problem = None
        if found is None:
            found, problem = answers.get((host, family), ([], 'no answer within %d s' % RESOLVE))
        if not found:
            job.problem = 'name-error', problem or 'no address'
            continue
        set_target(job, found[0])
        find_source(job, source)
        if job.problem is None:
            job.packed_source = socket.inet_pton(job.family, job.source)
            plan_flows(job, ident, rounds, flows)
    return [row[0] for row in rows]
`
