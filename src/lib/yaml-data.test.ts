import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readYaml, type YamlNode } from './yaml-data.js'

/** Without lines, as plain data. */
function plain(node: YamlNode | null): unknown {
  if (node === null) return null
  if (node.kind === 'text') return node.text
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]))
}

function read(text: string): unknown {
  const result = readYaml(text)
  return 'fault' in result ? `${result.fault.line}: ${result.fault.message}` : plain(result.root)
}

describe('YAML from a host', () => {
  it.each<[string, string, unknown]>([
    ['nothing', '', null],
    ['a comment', '# nothing\n', null],
    [
      'scalars stay as written',
      'a: yes\nb: 0x10\nc: 1e3\nd: null\ne:\nf: "10"\n',
      { a: 'yes', b: '0x10', c: '1e3', d: 'null', e: '', f: '10' },
    ],
    ['flow and block', 'a: {b: [1, 2]}\nc:\n  - d\n  - e: f\n', { a: { b: ['1', '2'] }, c: ['d', { e: 'f' }] }],
    ['times are no numbers', 'mac: 52:54:00:12:34:56\n', { mac: '52:54:00:12:34:56' }],
    ['aliases', 'a: &x {b: 1}\nc: *x\n', { a: { b: '1' }, c: { b: '1' } }],
    ['merge keys are keys', 'a: &x {b: 1}\nc:\n  <<: *x\n', { a: { b: '1' }, c: { '<<': { b: '1' } } }],
    ['tags mean nothing', 'a: !!int "1"\nb: !secret x\n', { a: '1', b: 'x' }],
    ['CRLF', 'a: 1\r\nb:\r\n  - 2\r\n', { a: '1', b: ['2'] }],
    ['a byte order mark', '\uFEFFa: 1\n', { a: '1' }],
    ['an own __proto__', '__proto__: 1\n', Object.fromEntries([['__proto__', '1']])],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each<[string, string, string]>([
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n', '3: has the key a twice'],
    ['a second document', 'a: 1\n---\nb: 1\n', '2: holds a second YAML document'],
    ['a list as key', '[a, b]: 1\n', '1: has a key that is no word'],
    ['an unknown anchor', 'a: 1\nb: *c\n', '2: uses *c before there is an anchor &c'],
    ['a circle', 'a: &a\n  b: *a\n', '2: uses *a inside &a, so that it would hold itself'],
    ['tabs', 'a:\n\tb: 1\n', '2: is not YAML: Tabs are not allowed as indentation'],
    ['an open brace', 'a: {b: 1\n', '2: is not YAML: Flow map in block collection must be sufficiently indented and end with a }'],
    ['depth', `a: ${'['.repeat(2_000)}`, '1: is nested deeper than 64 levels'],
    [
      'block depth',
      `${Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')} 1`,
      '64: is nested deeper than 64 levels',
    ],
    ['length', `# ${'x'.repeat(1024 * 1024)}`, '1: is longer than 1 MiB'],
  ])('%s is refused', (_, text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it('does not let aliases multiply', () => {
    const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]']
    for (let level = 1; level < 9; level += 1)
      bomb.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(',')}]`,
      )
    expect(read(bomb.join('\n'))).toMatch(/^\d: has more than 100000 values, aliases counted as often as they are used$/)
  })

  it('says the line of every node', () => {
    const result = readYaml('network:\n  ethernets:\n    eth0:\n      addresses:\n        - 192.0.2.1/24\n')
    const lines: number[] = []
    const visit = (node: YamlNode): void => {
      lines.push(node.line)
      if (node.kind === 'list') node.items.forEach(visit)
      for (const { line, value } of node.kind === 'map' ? node.entries : []) {
        lines.push(line)
        visit(value)
      }
    }
    if ('root' in result && result.root !== null) visit(result.root)
    expect(lines).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  })

  it('reads or refuses any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'a: ',
        '\n',
        '  ',
        '- ',
        '{',
        '}',
        '[',
        ']',
        '&x ',
        '*x',
        '? ',
        '---\n',
        '|\n',
        '>\n',
        '"',
        "'",
        '#',
        '!t ',
        '%YAML 1.1\n',
        '\t',
        '\0',
        '<<: ',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const result = readYaml(pieces.join(''))
        if ('fault' in result) expect(result.fault.line).toBeGreaterThan(0)
        else expect(plain(result.root)).toBeDefined()
      }),
      { numRuns: 500 },
    )
  })
})
