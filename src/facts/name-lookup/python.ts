import { pythonGround } from '../../lib/probe/python.js'

/**
 * Looks all names of standard input up, side by side in threads, since one that hangs must not delay the others. Ends after the
 * seconds of its first argument. See `protocol.ts` for what it reads and prints.
 */
export const pythonLookup = `${pythonGround}
import threading

AT_ONCE = 64
# There is no such name; or it has no address (of this family).
NONE = [getattr(socket, name) for name in ('EAI_NONAME', 'EAI_NODATA', 'EAI_ADDRFAMILY') if hasattr(socket, name)]
until = now() + float(sys.argv[1])
lock = threading.Lock()


class Problem(Exception):
    pass


def ask(name, family):
    """Addresses. Raises Problem: the word for it, and what the library said."""
    wanted = {'0': 0, '4': socket.AF_INET, '6': socket.AF_INET6}[family]
    try:
        return [entry[4][0] for entry in socket.getaddrinfo(name.encode(), None, wanted, socket.SOCK_STREAM)]
    except (socket.gaierror, socket.error, UnicodeError) as error:
        raise Problem('none' if error.args[0] in NONE else 'temporary', str(error.args[-1]))


def name_for(address):
    try:
        return [socket.getnameinfo((address, 0), socket.NI_NAMEREQD)[0]]
    except (socket.gaierror, socket.error, UnicodeError) as error:
        raise Problem('none' if error.args[0] in NONE else 'temporary', str(error.args[-1]))


def look_up(name, family):
    if family == 'r':
        return name_for(name)
    try:
        return ask(name, family)
    except Problem as problem:
        if family != '0' or problem.args[0] != 'none':
            raise
        # The library says so too when one family's lookup failed and the other's was empty (glibc, gaih_inet).
        for each in '46':
            try:
                return ask(name, each)
            except Problem as other:
                if other.args[0] != 'none':
                    raise
        raise problem


def say(index, lines):
    text = ''.join('%s %s %s\\n' % (word, index, printable(rest)) for word, rest in lines)
    with lock:
        sys.stdout.write('%sdone %s\\n' % (text, index))
        sys.stdout.flush()


def work(queue):
    while True:
        with lock:
            if not queue:
                return
            index, family, name = queue.pop()
        try:
            lines = [('found', found) for found in look_up(name, family)]
        except Problem as problem:
            lines = [problem.args]
        except Exception as error:
            lines = [('temporary', str(error))]
        say(index, lines)


def main():
    queue = [words for words in (line.split() for line in sys.stdin) if len(words) == 3]
    queue.reverse()
    sys.stdout.write('name-lookup python%d\\n' % sys.version_info[0])
    threads = []
    threading.stack_size(256 * 1024)
    for _ in range(min(AT_ONCE, len(queue))):
        thread = threading.Thread(target=work, args=(queue,))
        thread.daemon = True
        try:
            thread.start()
        except Exception:  # a limit of processes
            break
        threads.append(thread)
    if not threads:
        work(queue)
    for thread in threads:
        thread.join(max(0.0, until - now()))
    with lock:
        sys.stdout.flush()
        os._exit(0)  # a thread may still hang in a resolver


main()
`
