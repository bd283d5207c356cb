import { isNode, list, member, onlyMember } from './json.js'

const join = (parts: readonly unknown[], between: string): string => parts.map(write).join(between)
const word = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

/** How nft(8) writes expressions, as far as a person needs it to find the rule again. */
function write(expression: unknown): string {
  if (!isNode(expression)) return Array.isArray(expression) ? join(expression, ',') : word(expression)
  const [kind = '', inner] = onlyMember(expression) ?? Object.entries(expression)[0] ?? []
  const writer = Object.hasOwn(writers, kind) ? writers[kind] : undefined
  return writer === undefined ? `${kind} ${brief(inner)}`.trim() : writer(inner)
}

/** Of what nft writes in a way of its own: names and values in their order. */
function brief(inner: unknown): string {
  if (!isNode(inner)) return write(inner)
  return Object.values(inner).map(write).join(' ')
}

const pair = (operator: string) => (inner: unknown) => join(list(inner), ` ${operator} `)

const writers: Readonly<Record<string, (inner: unknown) => string>> = {
  payload: (inner) => [member(inner, 'protocol'), member(inner, 'field')].map(word).join(' '),
  meta: (inner) => (isBare(member(inner, 'key')) ? word(member(inner, 'key')) : `meta ${word(member(inner, 'key'))}`),
  ct: (inner) => ['ct', word(member(inner, 'dir')), word(member(inner, 'key'))].filter((part) => part !== '').join(' '),
  fib: (inner) => `fib ${join(list(member(inner, 'flags')), ' . ')} ${word(member(inner, 'result'))}`,
  concat: (inner) => join(list(inner), ' . '),
  prefix: (inner) => `${word(member(inner, 'addr'))}/${word(member(inner, 'len'))}`,
  range: (inner) => join(list(inner), '-'),
  set: (inner) => (Array.isArray(inner) ? `{ ${inner.map(element).join(', ')} }` : dynamicSet(inner)),
  elem: (inner) => write(member(inner, 'val')),
  '&': pair('&'),
  '|': pair('|'),
  '^': pair('^'),
  match: (inner) => {
    const op = word(member(inner, 'op'))
    return [write(member(inner, 'left')), op === '==' || op === 'in' ? '' : op, write(member(inner, 'right'))]
      .filter((part) => part !== '')
      .join(' ')
  },
  vmap: (inner) => `${write(member(inner, 'key'))} vmap ${write(member(inner, 'data'))}`,
  map: (inner) => `${write(member(inner, 'key'))} map ${write(member(inner, 'data'))}`,
  mangle: (inner) => `${write(member(inner, 'key'))} set ${write(member(inner, 'value'))}`,
  limit: (inner) =>
    `limit rate ${member(inner, 'inv') === true ? 'over ' : ''}${word(member(inner, 'rate'))}/${word(member(inner, 'per'))}`,
  'ct count': (inner) => `ct count ${member(inner, 'inv') === true ? 'over ' : ''}${word(member(inner, 'val'))}`,
  jump: (inner) => `jump ${word(member(inner, 'target'))}`,
  goto: (inner) => `goto ${word(member(inner, 'target'))}`,
  reject: (inner) =>
    isNode(inner) ? `reject with ${[member(inner, 'type'), member(inner, 'expr')].map(word).join(' ').trim()}` : 'reject',
  dnat: (inner) => `dnat to ${address(inner)}`,
  snat: (inner) => `snat to ${address(inner)}`,
  redirect: (inner) => (isNode(inner) ? `redirect to :${write(inner.port)}` : 'redirect'),
  masquerade: () => 'masquerade',
  log: (inner) => (isNode(inner) && inner.prefix !== undefined ? `log prefix "${word(inner.prefix)}"` : 'log'),
  counter: (inner) => (typeof inner === 'string' ? `counter name ${inner}` : 'counter'),
  xt: (inner) => `xt ${word(member(inner, 'type'))} ${word(member(inner, 'name'))}`,
}

const bareKeys = ['iif', 'iifname', 'oif', 'oifname', 'iifgroup', 'oifgroup', 'iiftype', 'oiftype']
const isBare = (key: unknown): boolean => typeof key === 'string' && bareKeys.includes(key)
const element = (value: unknown): string => (Array.isArray(value) ? join(value, ' : ') : write(value))
const address = (inner: unknown): string =>
  `${write(member(inner, 'addr'))}${member(inner, 'port') === undefined ? '' : `:${write(member(inner, 'port'))}`}`
const dynamicSet = (inner: unknown): string =>
  `${word(member(inner, 'op'))} ${word(member(inner, 'set'))} { ${[write(member(inner, 'elem')), ...list(member(inner, 'stmt')).map(write)].join(' ')} }`

/** One statement as a person would write it; a long one is cut. */
export function writeStatement(statement: unknown): string {
  const text = write(statement).replace(/\s+/g, ' ').trim()
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
