/** Names are resolved on the source host, before the first socket is opened. */
export const pythonNames = `
def look_up(host, port, family, flags=0):
    """Distinct (family, socket address) of a name or an address literal."""
    wanted = {'0': 0, '4': socket.AF_INET, '6': socket.AF_INET6}[family]
    found = []
    for entry in socket.getaddrinfo(host.encode(), port, wanted, socket.SOCK_STREAM, 0, flags):
        if (entry[0], entry[4]) not in found and entry[0] in (socket.AF_INET, socket.AF_INET6):
            found.append((entry[0], entry[4]))
    return found


def look_up_names(names):
    """All names at once, in threads, as one slow answer must not delay the others."""
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
    until = now() + RESOLVE
    for thread in threads:
        thread.daemon = True
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - now()))
    return dict(answers)


def read_jobs():
    literal, named = [], []
    for line in sys.stdin:
        words = line.split()
        if len(words) != 6:
            continue
        index, host, port, wait, family, source = words
        row = int(index), host, int(port), int(wait) / 1000.0, family, source
        try:
            for kind, target in look_up(host, row[2], '0', socket.AI_NUMERICHOST):
                literal.append(Job(row[0], kind, target, row[3], source))
        except (socket.error, UnicodeError):
            named.append(row)
    if named:
        answers = look_up_names(set((row[1], row[4]) for row in named))
    for index, host, port, wait, family, source in named:
        found, problem = answers.get((host, family), ([], 'no answer within %d s' % RESOLVE))
        if not found:
            say(index, None, 'name', text=problem or 'no address')
        if len(found) > MOST_ADDRESSES:  # never left out in silence: they may be what the check is about
            say(index, None, 'unasked', text='of the %d addresses of the name %d are asked' % (len(found), MOST_ADDRESSES))
        for kind, target in found[:MOST_ADDRESSES]:
            literal.append(Job(index, kind, (target[0], port) + target[2:], wait, source))
    return literal
`
