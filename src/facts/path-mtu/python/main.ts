/** Reads the targets, searches side by side, writes answers. Standard input and output are those of `protocol.ts`. */
export const pythonMain = String.raw`
def read_searches():
    searches, named = [], []
    for line in sys.stdin:
        words = line.split()
        if len(words) != 6:
            continue
        index, host, family, source, up_to, wait = words
        job = int(index), host, family, source, int(up_to), int(wait) / 1000.0
        try:
            kind, target = look_up(host, 0, '0', socket.AI_NUMERICHOST)[0]
            searches.append(Search(job, kind, target))
        except (socket.error, UnicodeError, IndexError):
            named.append(job)
    answers = look_up_names(set((job[1], job[2]) for job in named), RESOLVE) if named else {}
    for job in named:
        found, problem = answers.get((job[1], job[2]), ([], 'no answer within %d s' % RESOLVE))
        if found:
            searches.append(Search(job, found[0][0], found[0][1]))
        else:
            sys.stdout.write('{"i":%d,"address":null,"problem":["name","",%s]}\n' % (job[0], json_text(problem or 'no address')))
    return searches


def main():
    began = now()
    searches = read_searches()
    demand_permission(set(search.family for search in searches))
    sys.stdout.write('{"probe":"python%d"}\n' % sys.version_info[0])
    give_up_at = began + int(sys.argv[1]) / 1000.0
    queue = list(reversed(searches))

    def work():
        while queue:
            try:
                search = queue.pop()
            except IndexError:
                return
            if now() > give_up_at:
                search.problem = 'unasked', 'ETIME', 'the probe ran out of time'
            else:
                search.run(min(give_up_at, now() + EACH))

    if len(searches) == 1:
        work()
    else:
        import threading
        threads = [threading.Thread(target=work) for _ in range(min(AT_ONCE, len(searches)))]
        for thread in threads:
            thread.daemon = True
            thread.start()
        for thread in threads:
            thread.join(max(0.0, give_up_at + 5 - now()))
    for search in searches:
        search.say()
    sys.stdout.flush()
    os._exit(0)  # a thread may still hang in a resolver


main()
`
