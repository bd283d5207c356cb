/** Reads the targets, resolves names, writes answers. Standard input and output are those of `protocol.ts`. */
export const pythonMain = String.raw`
def read_tasks():
    tasks, named = [], []
    for line in sys.stdin:
        words = line.split()
        if len(words) != 9:
            continue
        index, host, family, count, interval, size, df, source, wait = words
        job = int(index), host, family, int(count), int(interval) / 1000.0, int(size), df == '1', source, int(wait) / 1000.0
        try:
            for kind, target in look_up(host, 0, '0', socket.AI_NUMERICHOST):
                tasks.append(Task(job, kind, target))
        except (socket.error, UnicodeError):
            named.append(job)
    answers = look_up_names(set((job[1], job[2]) for job in named), RESOLVE) if named else {}
    for job in named:
        found, problem = answers.get((job[1], job[2]), ([], 'no answer within %d s' % RESOLVE))
        if not found:
            unasked(job[0], 'name', problem or 'no address')
        if len(found) > MOST_ADDRESSES:  # never left out in silence: they may be what the check is about
            unasked(job[0], 'unasked', 'of the %d addresses of the name %d are asked' % (len(found), MOST_ADDRESSES))
        tasks += [Task(job, kind, target) for kind, target in found[:MOST_ADDRESSES]]
    return tasks


def unasked(index, stage, text):
    sys.stdout.write('{"i":%d,"address":null,"problem":["%s","",%s]}\n' % (index, stage, json_text(text)))


def main():
    began = now()
    tasks = read_tasks()
    demand_permission(set(task.family for task in tasks))
    sys.stdout.write('{"probe":"python%d"}\n' % sys.version_info[0])
    run = Run(began + int(sys.argv[1]) / 1000.0)
    run.run(tasks)
    run.confirm(tasks)
    for task in tasks:
        task.say(not task.silent() or task.alone or not run.shared)
    sys.stdout.flush()
    os._exit(0)  # a thread may still hang in a resolver


main()
`
