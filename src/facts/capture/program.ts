import { canary } from './canary.js'

/**
 * Runs tcpdump(8) and proves that it listens. Python 2.6 to 3, as root.
 *
 * Argument: a JSON object, see `Order`. Standard input: the line to print once it listens; later `enough`, when what is asked
 * meanwhile is answered; its end is the order to stop. Standard output: one JSON object (`Told`), and the capture file in Base64 on
 * the line behind it, where there is one. Exit code 0 unless a defect shows.
 *
 * A canary is a packet that this program sends out of the interface and looks for in the capture: on Ethernet a frame of the
 * experimental EtherType 0x88B5 to 01-80-C2-00-00-0F, which no bridge forwards (IEEE 802.1Q, table 8-1); where there are no frames,
 * an IPv4 packet of the experimental protocol 253 (RFC 3692) from 127.0.0.1 to itself, which no host takes from outside (RFC 1122,
 * 3.2.1.3).
 */
export const captureProgram = String.raw`
import base64, binascii, errno, json, os, select, signal, socket, struct, subprocess, sys, time

MAGIC = b'${canary.magic}'
NONCE = os.urandom(16)
ORDER = json.loads(sys.argv[1])
INTERFACE = ORDER['interface']
FOLDERS = ['/usr/sbin', '/sbin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/local/bin']
now = getattr(time, 'monotonic', time.time)


class Problem(Exception):
    def __init__(self, kind, detail):
        Exception.__init__(self, kind)
        self.kind, self.detail = kind, detail


def find(name):
    for folder in FOLDERS:
        path = os.path.join(folder, name)
        if os.access(path, os.X_OK):
            return path
    raise Problem('tool-missing', name)


def quiet():
    """In the child: it ends by itself some time after it should have been ended."""
    signal.alarm(int(ORDER['forMs'] / 1000) + 60)
    if hasattr(signal, 'SIGPIPE'):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def start(words):
    return subprocess.Popen(words, stdin=open(os.devnull), stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=quiet)


def run(words):
    child = start(words)
    out, err = child.communicate()
    return child.returncode, (out + err).decode('utf-8', 'replace')


def link_type(name):
    """As in linux/if_arp.h; None for no interface of its own."""
    try:
        return int(open('/sys/class/net/%s/type' % name).read())
    except (IOError, OSError, ValueError):
        return None


def address_of(name):
    try:
        text = open('/sys/class/net/%s/address' % name).read().strip()
    except (IOError, OSError):
        return None
    return text if len(text) == 17 else None


class Canary(object):
    def __init__(self):
        # Any interface is listened to: the canary of one is enough.
        self.out = 'lo' if INTERFACE == 'any' else INTERFACE
        self.framed = link_type(self.out) in (1, 772)
        try:
            self.socket = socket.socket(17, socket.SOCK_RAW if self.framed else socket.SOCK_DGRAM, 0)
        except (socket.error, OSError):
            error = sys.exc_info()[1]
            raise Problem('permission' if error.args[0] in (errno.EPERM, errno.EACCES) else 'canary', str(error))
        word = '0x%08x' % struct.unpack('!I', NONCE[:4])
        if INTERFACE == 'any':
            self.filter = 'ether proto 0x88b5'
        elif self.framed:
            self.filter = 'ether proto 0x88b5 and ether[30:4] = ' + word
        else:
            self.filter = 'ip proto 253 and ip[36:4] = ' + word

    def send(self, phase):
        payload = MAGIC + NONCE + phase + b'\0' * 13
        if self.framed:
            own = address_of(self.out) or '00:00:00:00:00:00'
            source = b''.join(struct.pack('B', int(part, 16)) for part in own.split(':'))
            data, protocol = b'\x01\x80\xc2\x00\x00\x0f' + source + b'\x88\xb5' + payload, 0x88b5
        else:
            header = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(payload), 0, 0, 1, 253, 0, b'\x7f\0\0\1', b'\x7f\0\0\1')
            total = sum(struct.unpack('!10H', header))
            total = (total & 0xffff) + (total >> 16)
            data, protocol = header[:10] + struct.pack('!H', ~total & 0xffff) + header[12:] + payload, 0x0800
        try:
            self.socket.sendto(data, (self.out, protocol))
            return None
        except (socket.error, OSError):
            return str(sys.exc_info()[1])


class Listener(object):
    def __init__(self, tool, options, expression):
        self.child = start([tool] + options + ['-U', '-w', '-', '--'] + expression)
        self.pipe = self.child.stdout.fileno()
        self.header, self.rest, self.order = b'', b'', '<'
        self.kept, self.size, self.count, self.open = [], 0, 0, True
        self.phases = set()

    def look(self, seconds, *others):
        """Waits for packets, or for one of the others."""
        watched = ([self.pipe] if self.open else []) + list(others)
        try:
            ready = select.select(watched, [], [], max(0, seconds))[0]
        except (select.error, OSError):
            ready = []
        if self.pipe in ready:
            data = os.read(self.pipe, 65536)
            self.open = data != b''
            self.rest += data
            self.split()
        return [other for other in ready if other != self.pipe]

    def split(self):
        if self.header == b'':
            if len(self.rest) < 24:
                return
            self.header, self.rest = self.rest[:24], self.rest[24:]
            self.order = '<' if self.header[:4] in (b'\xd4\xc3\xb2\xa1', b'\x4d\x3c\xb2\xa1') else '>'
        at = 0
        while len(self.rest) - at >= 16 and not self.is_full():
            length = struct.unpack(self.order + 'I', self.rest[at + 8:at + 12])[0]
            if len(self.rest) - at < 16 + length:
                break
            record = self.rest[at:at + 16 + length]
            at += 16 + length
            self.keep(record)
        self.rest = b'' if self.is_full() else self.rest[at:]

    def keep(self, record):
        found = record.find(MAGIC)
        if found >= 0 and record[found + 16:found + 32] == NONCE:
            phase = record[found + 32:found + 33]
            if phase in self.phases:
                return
            self.phases.add(phase)
        elif found < 0:
            if b'1' not in self.phases:
                return  # before it was known to listen
            self.count += 1
        self.kept.append(record)
        self.size += len(record)

    def is_full(self):
        return self.size >= ORDER['mostBytes'] or self.count >= ORDER['mostPackets']

    def has_all(self):
        return ORDER['count'] is not None and self.count >= ORDER['count']

    def end(self):
        """What tcpdump said, and how it ended; its packets are no longer looked at."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            if self.child.poll() is None:
                try:
                    os.kill(self.child.pid, number)
                except OSError:
                    pass
            until = now() + 2
            while self.child.poll() is None and now() < until:
                if self.open:
                    try:
                        if select.select([self.pipe], [], [], 0.05)[0]:
                            self.open = os.read(self.pipe, 65536) != b''
                    except (select.error, OSError):
                        pass
                else:
                    time.sleep(0.02)
        return self.child.stderr.read(8192).decode('utf-8', 'replace')


def wait_for(listener, canary, phase, seconds):
    """Sends canaries until the capture shows one."""
    until, again, trouble = now() + seconds, 0, None
    while phase not in listener.phases and listener.open and now() < until and not listener.is_full():
        if now() >= again:
            trouble, again = canary.send(phase), now() + 0.1
        if 0 in listener.look(min(again, until) - now(), 0) and os.read(0, 100) == b'':
            raise SystemExit(1)
    return trouble


def listen(listener):
    """Until its time, its count, or some time after what was asked is answered."""
    began = now()
    until, ended = began + ORDER['forMs'] / 1000.0, 'time'
    while listener.open and now() < until:
        if 0 in listener.look(until - now(), 0):
            said = os.read(0, 100)
            if said == b'':
                raise SystemExit(1)
            if b'enough' in said and ORDER['lingerMs'] is not None and ended == 'time':
                until, ended = min(until, now() + ORDER['lingerMs'] / 1000.0), 'answered'
        if listener.is_full() or listener.has_all():
            ended = 'count' if listener.has_all() else 'full'
            break
    return ended, (now() - began) * 1000


def capture(ready):
    tool = find('tcpdump')
    canary = Canary()
    options = ['-i', INTERFACE, '-n', '-p', '-s', str(ORDER['snapLength']), '--immediate-mode']
    own = [ORDER['filter']] if ORDER['filter'] else []
    code, said = run([tool] + options + ['-d', '--'] + own)
    if code != 0 and 'immediate-mode' in said:  # before libpcap 1.5, which had no other mode
        options.pop()
        code, said = run([tool] + options + ['-d', '--'] + own)
    if code != 0:
        raise Problem('refused', said)
    # The canary first: keywords such as vlan change what follows them.
    expression = ['(%s) or (%s)' % (canary.filter, own[0])] if own else []
    listener = Listener(tool, options, expression)
    try:
        trouble = wait_for(listener, canary, b'1', 10)
        if b'1' not in listener.phases:
            raise Problem('canary' if listener.open else 'died', trouble or listener.end())
        sys.stdout.write('\n%s\n' % ready)
        sys.stdout.flush()
        ended, listened = listen(listener)
        if ended in ('time', 'answered') and listener.open:
            wait_for(listener, canary, b'2', 3)
            ended = 'full' if listener.is_full() else ended
        told = {'ended': ended, 'listenedMs': listened, 'alive': listener.open, 'said': listener.end()}
    finally:
        if listener.child.poll() is None:
            listener.child.kill()
    told.update(nonce=binascii.hexlify(NONCE).decode('ascii'), code=listener.child.returncode, mac=address_of(INTERFACE), tool=run([tool, '--version'])[1].split('\n')[0])
    return told, listener.header + b''.join(listener.kept)


def read_line():
    line = b''
    while not line.endswith(b'\n'):
        piece = os.read(0, 1)
        if piece == b'':
            raise SystemExit(1)
        line += piece
    return line.decode('ascii').strip()


def main():
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    ready = read_line()
    try:
        told, pcap = capture(ready)
    except Problem:
        problem = sys.exc_info()[1]
        told, pcap = {'problem': problem.kind, 'detail': problem.detail}, b''
    print(json.dumps(told))
    print(base64.b64encode(pcap).decode('ascii'))


main()
`
