/**
 * Parts of the Python programs that probes are: each a text at module level, for Python 2.7 and 3, importing little, since a
 * probe's start-up is paid on every host. A program begins with `pythonGround`.
 */

/** Imports, a clock that nobody sets, numbers of ip(7), ipv6(7) and socket(7) that old Pythons do not name. */
export const pythonGround = String.raw`
import errno, heapq, os, select, struct, sys, time  # not re: it alone takes as long to load as all the rest
try:
    import _socket as socket  # the plain C module: loading socket.py would double the start-up time
except ImportError:
    import socket

IP_TOS, IP_TTL, IP_MTU_DISCOVER, IP_RECVERR, IP_RECVTTL, IP_MTU, IP_BIND_ADDRESS_NO_PORT = 1, 2, 10, 11, 12, 14, 24
IPV6_UNICAST_HOPS, IPV6_MTU_DISCOVER, IPV6_MTU, IPV6_RECVERR, IPV6_RECVHOPLIMIT, IPV6_HOPLIMIT = 16, 23, 24, 25, 51, 52
MSG_ERRQUEUE, SO_BINDTODEVICE = 0x2000, 25
LINUX = sys.platform.startswith('linux')
now = getattr(time, 'monotonic', time.time)


def name_of(number):
    return errno.errorcode.get(number, 'E%s' % number if isinstance(number, int) else 'EINVAL')


def printable(text):
    return ''.join(letter if ' ' <= letter <= '~' and letter not in '"\\' else '?' for letter in text)
`

/** `read_error_queue(sock)`: the ICMP error that the kernel kept for a socket with IP_RECVERR, and whose packet it was about. */
export const pythonErrorQueue = String.raw`
def read_error_queue(sock, origins=(2, 3)):
    """(errno, type, code, sender, info, quoted) of an ICMP error; None without one; see ip(7) IP_RECVERR.

    Type is None where Python 2 can only tell that there was one. Info is the MTU of "too big" errors. Quoted is what was sent.
    Origins are SO_EE_ORIGIN_ICMP and _ICMP6; 1, _LOCAL, is this host's own word, of type 0 and without a sender.
    """
    if not hasattr(sock, 'recvmsg'):
        try:
            return 0, None, None, None, 0, sock.recv(512, MSG_ERRQUEUE)
        except socket.error:
            return None
    try:
        quoted, control = sock.recvmsg(512, 512, MSG_ERRQUEUE)[:2]
    except socket.error:
        return None
    for level, kind, raw in control:
        if (level, kind) not in ((0, IP_RECVERR), (41, IPV6_RECVERR)) or len(raw) < 24:
            continue
        number, origin, icmp_type, code, _, info = struct.unpack('=IBBBBI', raw[:12])
        if origin not in origins:
            continue
        family = struct.unpack('=H', raw[16:18])[0]
        sender = None
        if family == socket.AF_INET:
            sender = socket.inet_ntop(family, raw[20:24])
        elif family == socket.AF_INET6 and len(raw) >= 40:
            sender = socket.inet_ntop(family, raw[24:40])
        return number, icmp_type, code, sender, info, quoted
    return None
`

/** `bind_source(sock, family, source)` and `is_own(address)`. */
export const pythonSource = String.raw`
def bind_source(sock, family, source, port=0):
    """Sends from an address, or from an interface written as %name. Raises ValueError for the other family's address."""
    if source[0] == '%':
        sock.setsockopt(socket.SOL_SOCKET, SO_BINDTODEVICE, source[1:].encode() + b'\0')
        return
    if (':' in source) != (family == socket.AF_INET6):
        raise ValueError('the source is of the other address family')
    if LINUX and port == 0:
        try:
            sock.setsockopt(0, IP_BIND_ADDRESS_NO_PORT, 1)  # since 4.2: the port is chosen by connect, so that ports last
        except socket.error:
            pass
    sock.bind((source, port))


def is_own(address):
    """Whether this host has the address: then an ICMP error from it was made here, for instance by failed ARP."""
    sock = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.bind((address, 0))
        return True
    except (socket.error, OSError):
        return False
    finally:
        sock.close()
`

/** `look_up(...)` and `look_up_names(names, seconds)`: what the host's own programs would resolve, none delaying the others. */
export const pythonNames = String.raw`
def look_up(host, port, family, flags=0):
    """Distinct (family, socket address) of a name or an address literal; family is '0', '4' or '6'."""
    wanted = {'0': 0, '4': socket.AF_INET, '6': socket.AF_INET6}[family]
    found = []
    for entry in socket.getaddrinfo(host.encode(), port, wanted, socket.SOCK_STREAM, 0, flags):
        if (entry[0], entry[4]) not in found and entry[0] in (socket.AF_INET, socket.AF_INET6):
            found.append((entry[0], entry[4]))
    return found


def look_up_names(names, seconds):
    """{(name, family): (addresses, problem)}; all at once, in threads, as one slow answer must not delay the others."""
    import threading
    answers, queue, lock = {}, sorted(names), threading.Lock()

    def work():
        while True:
            with lock:
                if not queue:
                    return
                name = queue.pop()
            try:
                answer = look_up(name[0], 0, name[1], socket.AI_ADDRCONFIG), None
            except (socket.error, UnicodeError) as error:
                answer = [], str(error.args[-1])
            answers[name] = answer

    threads = [threading.Thread(target=work) for _ in range(min(32, len(queue)))]
    until = now() + seconds
    for thread in threads:
        thread.daemon = True
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - now()))
    return dict(answers)
`

/** `room_for_sockets(most)`: how many sockets may be open, the limit of open files raised where that is allowed. */
export const pythonRoom = String.raw`
def room_for_sockets(most):
    try:
        import resource
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = most + 64
        if 0 <= soft < wanted and (hard < 0 or hard > soft):
            soft = wanted if hard < 0 else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return most if soft < 0 else max(8, min(most, soft - 64))
    except Exception:
        return 128
`

/** `attach_filter(sock, program)`: a list of (code, jumps if true and if false, operand) as in bpf(4) is put before a socket. */
export const pythonFilter = String.raw`
SO_ATTACH_FILTER = 26


def attach_filter(sock, program):
    """A busy server's other packets stay in the kernel. Without the filter its user must pass over them."""
    try:
        import array
        code = array.array('B', bytearray(b''.join(struct.pack('=HBBI', *step) for step in program)))
        sock.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack('HP', len(program), code.buffer_info()[0]))
    except (ImportError, socket.error, OSError):
        pass
`
