"""Sends real packets: a line of JSON with a list of probes on standard input, a line with what came back on standard output.

A probe is {"protocol": "tcp" | "udp" | "icmp", "from": address, "sport": port, "to": address, "port": port}; the answer is accept
(an answer of the service came), reject (an ICMP error or a reset came) or drop (nothing came in `wait` seconds).
"""
import json, select, socket, struct, sys, time

REFUSED = (111, 113, 13, 101, 1, 71)  # ECONNREFUSED, EHOSTUNREACH, EACCES, ENETUNREACH, EPERM, EPROTO


def family(address):
    return socket.AF_INET6 if ':' in address else socket.AF_INET


def checksum(data):
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def start_icmp(probe):
    v6 = ':' in probe['to']
    sock = socket.socket(family(probe['to']), socket.SOCK_RAW, 58 if v6 else 1)
    sock.setblocking(False)
    sock.bind((probe['from'], 0))
    kind, ident = (128 if v6 else 8), probe['sport']
    packet = struct.pack('!BBHHH', kind, 0, 0, ident, 1) + b'netproof'
    if not v6:
        packet = struct.pack('!BBHHH', kind, 0, checksum(packet), ident, 1) + b'netproof'
    sock.sendto(packet, (probe['to'], 0))
    return sock


def start(probe):
    if probe['protocol'] == 'icmp':
        return start_icmp(probe)
    sock = socket.socket(family(probe['to']), socket.SOCK_STREAM if probe['protocol'] == 'tcp' else socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setblocking(False)
    sock.bind((probe['from'], probe['sport']))
    error = sock.connect_ex((probe['to'], probe['port']))
    if probe['protocol'] == 'udp':
        sock.send(b'x')
    return sock


def read_icmp(sock, probe):
    v6 = ':' in probe['to']
    while True:
        try:
            data = sock.recv(2048)
        except BlockingIOError:
            return None
        if not v6:
            data = data[(data[0] & 15) * 4:]
        if data[0] == (129 if v6 else 0) and struct.unpack('!H', data[4:6])[0] == probe['sport']:
            return 'accept'


def listen_for_errors(family_):
    sock = socket.socket(family_, socket.SOCK_RAW, 58 if family_ == socket.AF_INET6 else 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    sock.setblocking(False)
    return sock


def rejected(sock):
    """Protocol and source port (identifier) of every packet that an ICMP error came back for. TCP itself may overlook them."""
    found = set()
    v6 = sock.family == socket.AF_INET6
    while True:
        try:
            data = sock.recv(2048)
        except BlockingIOError:
            return found
        if not v6:
            data = data[(data[0] & 15) * 4:]
        if data[0] != (1 if v6 else 3):
            continue
        inner = data[8:]
        number = inner[6] if v6 else inner[9]
        rest = inner[40:] if v6 else inner[(inner[0] & 15) * 4:]
        # What follows the first packet of a connection is another question.
        if number == 6 and len(rest) >= 14 and rest[13] & 0x12 != 0x02:
            continue
        name = {6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmp'}.get(number)
        found.add((name, struct.unpack('!H', rest[4:6] if name == 'icmp' else rest[0:2])[0]))


def read(sock, probe):
    if probe['protocol'] == 'icmp':
        return read_icmp(sock, probe)
    if probe['protocol'] == 'tcp':
        try:
            sock.getpeername()
            return 'accept'
        except OSError:
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            return None if error == 0 else 'reject' if error in REFUSED else 'error %d' % error
    try:
        sock.recv(100)
        return 'accept'
    except BlockingIOError:
        return None
    except OSError as problem:
        return 'reject' if problem.errno in REFUSED else 'error %d' % problem.errno


def run(probes, wait):
    answers = ['drop'] * len(probes)
    open_ = {}
    poll = select.poll()
    for index, probe in enumerate(probes):
        try:
            sock = start(probe)
        except OSError as problem:
            answers[index] = 'reject' if problem.errno in REFUSED else 'error %d' % problem.errno
            continue
        open_[sock.fileno()] = (index, sock)
        poll.register(sock, select.POLLOUT if probe['protocol'] == 'tcp' else select.POLLIN)
    end = time.monotonic() + wait
    for sock in errors:
        poll.register(sock, select.POLLIN)
    numbers = {sock.fileno(): sock for sock in errors}
    refused = set()
    while open_ and time.monotonic() < end:
        for number, _ in poll.poll(max(1, (end - time.monotonic()) * 1000)):
            if number in numbers:
                refused |= rejected(numbers[number])
                continue
            if number not in open_:
                continue
            index, sock = open_[number]
            answer = read(sock, probes[index])
            if answer is None:
                continue
            answers[index] = answer
            poll.unregister(number)
            open_.pop(number)
            close(sock, probes[index])
    for sock in errors:
        refused |= rejected(sock)
    answers = ['reject' if (probe['protocol'], probe['sport']) in refused else answer for probe, answer in zip(probes, answers)]
    for index, sock in open_.values():
        close(sock, probes[index])
    return answers


def close(sock, probe):
    if probe['protocol'] == 'tcp':
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    sock.close()


errors = [listen_for_errors(socket.AF_INET), listen_for_errors(socket.AF_INET6)]
for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(run(asked['probes'], asked['wait'])), flush=True)
