"""Makes the connections of fixtures/README.md, all within this network namespace, says `ready`, and ends with standard input."""
import ctypes
import socket
import sys


def listener(family, address, port):
    sock = socket.socket(family)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    sock.bind((address, port))
    sock.listen(64)
    return sock


def connect(server, source, to):
    family = socket.AF_INET6 if ":" in to[0] else socket.AF_INET
    client = socket.socket(family)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    client.bind(source)
    client.connect(to)
    return client, server.accept()[0]


ctypes.CDLL(None).prctl(15, b"fixture", 0, 0, 0)  # PR_SET_NAME
web = listener(socket.AF_INET6, "::", 443)
database = listener(socket.AF_INET, "127.0.0.5", 5432)
kept = []

# Three clients of the web server by IPv4, whose ends there are IPv6 sockets with mapped addresses; one by IPv6.
for port in (40001, 40002, 40003):
    client, server = connect(web, ("127.0.0.2", port), ("127.0.0.1", 443))
    server.sendall(b"x" * 1000)
    client.recv(1000)
    kept += [client, server]
kept += connect(web, ("::1", 40004), ("::1", 443))
# Two connections to the database.
for port in (40005, 40006):
    kept += connect(database, ("127.0.0.1", port), ("127.0.0.5", 5432))
# One that the server closed first and the client then, and one that the server closed alone.
client, server = connect(web, ("127.0.0.2", 40007), ("127.0.0.1", 443))
server.close()
client.close()
client, server = connect(web, ("127.0.0.3", 40008), ("127.0.0.1", 443))
server.shutdown(socket.SHUT_WR)
kept += [client, server]
# A connection that nobody answers, and a connected UDP socket beside one that is not.
silent = socket.socket()
silent.setblocking(False)
silent.bind(("10.99.0.1", 40009))
silent.connect_ex(("10.99.0.9", 80))
names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
names.bind(("127.0.0.1", 5300))
resolver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
resolver.bind(("127.0.0.1", 40010))
resolver.connect(("127.0.0.1", 5300))
print("ready", flush=True)
sys.stdin.read()
