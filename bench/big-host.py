"""Opens TCP sockets within this network namespace, says `ready`, and holds them until standard input ends.

usage: big-host.py LISTENERS PAIRS HALF_CLOSED

Listeners on ports from 10000 on; connections to 127.0.0.1:443, two sockets each, of which HALF_CLOSED were closed by the
server alone (FIN-WAIT-2 and CLOSE-WAIT, which unlike TIME-WAIT stay).
"""
import resource
import socket
import sys

listeners, pairs, half_closed = (int(word) for word in sys.argv[1:4])
files = 2 * pairs + listeners + 100
resource.setrlimit(resource.RLIMIT_NOFILE, (files, max(files, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
kept = []


def listen(address, port, backlog):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((address, port))
    sock.listen(backlog)
    kept.append(sock)
    return sock


for number in range(listeners):
    listen("127.0.0.1", 10000 + number, 1)
web = listen("127.0.0.1", 443, 1024)
for number in range(pairs):
    client = socket.socket()
    # A source for each, so that nothing has to be searched for: 127.1.X.Y and a port.
    client.bind(("127.%d.%d.%d" % (1 + number // 50000, number // 250 % 200, 1 + number % 250), 40000 + number % 20000))
    client.connect(("127.0.0.1", 443))
    server, _ = web.accept()
    if number < half_closed:
        server.shutdown(socket.SHUT_WR)
    kept += [client, server]
print("ready", flush=True)
sys.stdin.read()
