"""A name server for tests that answers as nobody should: the first label of the name asked for says how.

Usage: hostile-server.lab.py ADDRESS PORT; writes "ready" once it listens.
"""
import socket
import struct
import sys
import threading
import time

ADDRESS, PORT = sys.argv[1], int(sys.argv[2])
asked = {}


def question_end(query):
    at = 12
    while query[at]:
        at += 1 + query[at]
    return at + 5


def label(query):
    return query[13:13 + query[12]].decode()


def answer(query, flags=0x8180, records=1, address=b"\xc0\x00\x02\x01", name=b"\xc0\x0c", tail=b"", count=None):
    question = query[12:question_end(query)]
    record = name + struct.pack("!HHIH", 1, 1, 60, 4) + address
    header = query[:2] + struct.pack("!HHHHH", flags, 1, records if count is None else count, 0, 0)
    return header + question + record * records + tail


def other_question(query):
    changed = bytearray(answer(query))
    changed[13] = ord("x")
    return bytes(changed)


def with_edns(query):
    return query[11] == 1


def udp(server):
    while True:
        query, peer = server.recvfrom(65535)
        how = label(query)
        asked[how] = asked.get(how, 0) + 1
        for piece in udp_answers(how, query, peer):
            server.sendto(piece, peer)


def from_elsewhere(query, peer):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind((ADDRESS, 0))
        other.sendto(answer(query, address=b"\x06\x06\x06\x06"), peer)


def later(server_answer, peer, seconds):
    def send():
        time.sleep(seconds)
        UDP.sendto(server_answer, peer)
    threading.Thread(target=send, daemon=True).start()


def udp_answers(how, query, peer):
    if how == "good":
        return [answer(query)]
    if how == "silent":
        return []
    if how == "otherid":
        return [bytes([query[0] ^ 255]) + answer(query)[1:]]
    if how == "otherquestion":
        return [other_question(query)]
    if how == "notanswer":
        return [query]
    if how == "straysfirst":
        return [bytes([query[0] ^ 255]) + answer(query)[1:]] * 20 + [other_question(query), answer(query)]
    if how == "elsewhere":
        from_elsewhere(query, peer)
        return [answer(query)]
    if how == "short":
        return [b"\x00\x01"]
    if how == "empty":
        return [b""]
    if how == "garbage":
        return [answer(query, records=0, count=3) + b"\xff" * 40]
    if how == "loop":
        return [answer(query, name=b"\xc0" + bytes([question_end(query)]))]
    if how == "countlies":
        return [answer(query, count=65535)]
    if how == "trailing":
        return [answer(query, tail=b"\x00" * 30)]
    if how == "twice":
        return [answer(query)] * 3
    if how == "late":
        later(answer(query), peer, 0.45)
        return []
    if how == "third":
        return [answer(query)] if asked[how] >= 3 else []
    if how == "noedns":
        return [query[:2] + struct.pack("!HHHHH", 0x8181, 0, 0, 0, 0)] if with_edns(query) else [answer(query)]
    if how == "noimp":
        return [answer(query, flags=0x8184, records=0)] if with_edns(query) else [answer(query)]
    if how == "formerr":
        return [query[:2] + struct.pack("!HHHHH", 0x8181, 0, 0, 0, 0)]
    if how == "servfail":
        return [answer(query, flags=0x8182, records=0)]
    if how == "refused":
        return [answer(query, flags=0x8185, records=0)]
    if how == "case":
        return [answer(query).replace(b"case", b"CaSe")]
    # All others are for TCP.
    return [answer(query, flags=0x8380, records=0)]


def tcp(server):
    while True:
        peer, _ = server.accept()
        threading.Thread(target=serve_tcp, args=(peer,), daemon=True).start()


def serve_tcp(peer):
    with peer:
        data = b""
        while len(data) < 2 or len(data) < 2 + struct.unpack("!H", data[:2])[0]:
            piece = peer.recv(65535)
            if not piece:
                return
            data += piece
        query = data[2:]
        how = label(query)
        try:
            tcp_answer(how, query, peer)
        except OSError:
            pass


def framed(message):
    return struct.pack("!H", len(message)) + message


def tcp_answer(how, query, peer):
    if how == "truncated":
        peer.sendall(framed(answer(query)))
    elif how == "pieces":
        for octet in framed(answer(query)):
            peer.sendall(bytes([octet]))
            time.sleep(0.001)
    elif how == "dribble":
        for octet in framed(answer(query)):
            peer.sendall(bytes([octet]))
            time.sleep(1)
    elif how == "huge":
        peer.sendall(framed(answer(query, records=4000)))
    elif how == "endless":
        while True:
            peer.sendall(b"\xff" * 65536)
    elif how == "tcpreset":
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif how == "tcpclose":
        pass
    elif how == "tcphalf":
        peer.sendall(framed(answer(query))[:20])
    elif how == "tcpsilent":
        time.sleep(30)
    elif how == "tcpstill":
        peer.sendall(framed(answer(query, flags=0x8380, records=0)))
    elif how == "tcpother":
        peer.sendall(framed(other_question(query)))
    else:
        peer.sendall(framed(answer(query)))


UDP = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
UDP.bind((ADDRESS, PORT))
TCP = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
TCP.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
TCP.bind((ADDRESS, PORT))
TCP.listen(64)
print("ready", flush=True)
threading.Thread(target=tcp, args=(TCP,), daemon=True).start()
udp(UDP)
