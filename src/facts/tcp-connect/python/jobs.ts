/** Reads the targets. Names are resolved on the source host, before the first socket is opened. */
export const pythonJobs = `
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
        answers = look_up_names(set((row[1], row[4]) for row in named), RESOLVE)
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
