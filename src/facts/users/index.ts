import { NotUnderstood } from '../../lib/errors.js'
import { listOf, mapOf, text, whole } from '../../lib/shape.js'
import type { CommandOutput, FactKind, Source } from '../../model/fact.js'

export type User = {
  readonly name: string
  readonly uid: number
}

export type UsersArgs = {
  /** Names and numbers to look for beyond /etc/passwd, such as those of LDAP; none begins with `-`. */
  readonly lookUp: readonly string[]
}

/** The names are arguments of the script and never part of it. A host without getent has no users but those of the file. */
const script = 'cat /etc/passwd; if [ $# -gt 0 ]; then getent passwd "$@"; fi; :'

/** /etc/passwd (passwd(5)) and the name service (getent(1)), which does not list all of LDAP but finds whom it is asked for. */
const passwd: Source<UsersArgs, readonly User[]> = {
  name: '/etc/passwd and getent',
  command: (requests) => ({
    tool: ['sh'],
    args: ['-c', script, 'users', ...new Set(requests.flatMap((request) => request.lookUp))],
  }),
  parse: (output, requests) => {
    const users = parse(output)
    return requests.map(() => users)
  },
}

function parse({ stdout }: CommandOutput): readonly User[] {
  const users = new Map<string, User>()
  for (const line of stdout.split('\n')) {
    // Lines such as `+@admins::::::` are NIS's (nsswitch.conf(5), compat) and no users.
    const [, name = '', uid] = /^([^:+-][^:]*):[^:]*:(\d{1,10}):/.exec(line) ?? []
    if (uid !== undefined && !users.has(name)) users.set(name, { name, uid: Number(uid) })
  }
  if (users.size === 0) throw new NotUnderstood('lines of /etc/passwd', stdout)
  return [...users.values()]
}

/** Names and numbers of a host's users: all local ones, and those of the name service that were asked for. */
export const users: FactKind<UsersArgs, readonly User[]> = {
  name: 'users',
  summary: "Names and numbers of the host's users",
  active: false,
  group: () => '',
  isValue: listOf(mapOf<User>({ name: text, uid: whole })),
  sources: { linux: [passwd] },
}
