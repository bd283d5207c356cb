"""Opens TCP sockets within this network namespace, says `ready`, and holds them until standard input ends.

usage: big-host.py LISTENERS PAIRS HALF_CLOSED

Listeners on ports from 10000 on; connections to port 443, two sockets each, of which HALF_CLOSED were closed by the server alone
(FIN-WAIT-2 and CLOSE-WAIT, which unlike TIME-WAIT stay). As many processes as the limit of open files asks for, each with a
server of its own on 127.0.0.1, 127.0.0.2 ...
"""
import os
import resource
import socket
import sys

listeners, pairs, half_closed = (int(word) for word in sys.argv[1:4])
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 100
resource.setrlimit(resource.RLIMIT_NOFILE, (most + 100, most + 100))
workers = -(-(2 * pairs + listeners) // most)
kept = []


def listen(address, port, backlog):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((address, port))
    sock.listen(backlog)
    kept.append(sock)
    return sock


def work(worker):
    for number in range(worker, listeners, workers):
        listen("127.0.0.1", 10000 + number, 1)
    address = "127.0.0.%d" % (1 + worker)
    web = listen(address, 443, 1024)
    for number in range(worker, pairs, workers):
        client = socket.socket()
        # A source for each, so that nothing has to be searched for.
        client.bind(("127.1.%d.%d" % (number // 250 % 200, 1 + number % 250), 40000 + number % 20000))
        client.connect((address, 443))
        server, _ = web.accept()
        if number < half_closed:
            server.shutdown(socket.SHUT_WR)
        kept.extend((client, server))


ready, done = os.pipe()
for worker in range(workers):
    if os.fork() == 0:
        work(worker)
        os.write(done, b"+")
        sys.stdin.read()
        os._exit(0)
for worker in range(workers):
    os.read(ready, 1)
print("ready", flush=True)
sys.stdin.read()
for worker in range(workers):
    os.wait()
