import { pace } from '../timing.js'

/** Constants, and the one function that writes answers. */
export const pythonBase = String.raw`
GAP = ${pace.gapMs / 1000}
ALONE = ${pace.aloneMs / 1000}
LONG = ${pace.longMs / 1000}
FEW, MORE = ${pace.samples}, ${pace.samplesWhereLimited}
ROUNDS = ${pace.rounds}
WATCH_LEAST, WATCH_MOST = 0.02, 0.5  # seconds an open connection is watched for a reset
RESOLVE = ${pace.resolveMs / 1000}
MOST_ADDRESSES = ${pace.addressesPerName}
MOST_SOCKETS = ${pace.sockets}
BURST = 4  # connects begun before answers are looked at, so that an answer's time is its own


def kernel_keeps_icmp():
    """Linux keeps ICMP errors of TCP sockets for unprivileged readers since 5.8."""
    version = os.uname()[2].replace('-', '.').split('.')[:2] if LINUX else []
    return [int(number) for number in version if number.isdigit()] >= [5, 8]


QUEUE = kernel_keeps_icmp()


def say(index, job, outcome, **more):
    fields = ['"i":%d' % index, '"outcome":"%s"' % outcome]
    if job is not None:
        fields += ['"address":"%s"' % job.address, '"asks":%d' % job.asks]
    for key, value in more.items():
        if value is None or value is False:
            continue
        if key == 'text':
            value = printable(value)
        if value is True:
            value = 'true'
        elif isinstance(value, float):
            value = '%.3f' % value
        elif not isinstance(value, int) and key != 'icmp':
            value = '"%s"' % value
        fields.append('"%s":%s' % (key, value))
    sys.stdout.write('{%s}\n' % ','.join(fields))
`
