"""Opens the sockets that standard input describes, one JSON object a line, and answers each with a line.

{"protocol": "tcp", "address": "::", "port": 8003, "v6only": false, "device": "front", "uid": 65534}
{"protocol": "tcp", "address": "127.0.0.1", "port": 8016, "comm": "web", "forks": 2}    held by processes of their own
{"close": 8003, "address": "::"}

`uid` owns the socket, `scope` is the zone of a link-local address, `connect` is a port to connect to,
`"listen": false` leaves a TCP socket bound and no more. Everything ends with standard input.
"""
import ctypes
import json
import os
import signal
import socket
import sys

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
prctl = ctypes.CDLL(None).prctl
open_sockets = {}


def listen(want):
    family = socket.AF_INET6 if ":" in want["address"] else socket.AF_INET
    os.seteuid(want.get("uid", os.geteuid()))
    sock = socket.socket(family, socket.SOCK_STREAM if want["protocol"] == "tcp" else socket.SOCK_DGRAM)
    os.seteuid(os.getuid())
    if "v6only" in want:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(want["v6only"]))
    if "device" in want:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, want["device"].encode())
    scope = socket.if_nametoindex(want["scope"]) if "scope" in want else 0
    sock.bind((want["address"], want["port"]) if family == socket.AF_INET else (want["address"], want["port"], 0, scope))
    if want["protocol"] == "tcp" and want.get("listen", True):
        sock.listen(5)
    if "connect" in want:
        sock.connect((want["address"], want["connect"]))
    open_sockets[want["address"], want["port"]] = sock


def wait_for_parent(ready):
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.write(ready, b"+")
    signal.pause()


def held_by_others(want):
    told, ready = os.pipe()
    if os.fork() == 0:
        for sock in open_sockets.values():
            sock.close()
        with open("/proc/self/comm", "w") as comm:
            comm.write(want["comm"])
        if "uid" in want:
            os.setuid(want.pop("uid"))
            prctl(PR_SET_DUMPABLE, 1)
        listen(want)
        for _ in range(want.get("forks", 0)):
            if os.fork() == 0:
                wait_for_parent(ready)
        wait_for_parent(ready)
    for _ in range(1 + want.get("forks", 0)):
        os.read(told, 1)


for line in sys.stdin:
    want = json.loads(line)
    if "close" in want:
        open_sockets.pop((want["address"], want["close"])).close()
    elif "comm" in want:
        held_by_others(want)
    else:
        listen(want)
    print("done", flush=True)
