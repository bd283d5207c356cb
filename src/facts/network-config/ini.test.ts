import { describe, expect, test } from 'vitest'
import { type Ini, listed, readKeyFile, readUnitFile, unescaped } from './ini.js'

const shown = ({ sections, strays }: Ini): readonly string[] => [
  ...sections.flatMap(({ name, line, entries }) => [
    `${line} [${name}]`,
    ...entries.map((entry) => `${entry.line} ${entry.key}=${entry.value}`),
  ]),
  ...strays.map(({ line, text }) => `${line} ? ${text}`),
]
const file = (text: string) => ({ path: '/a', lines: text.split('\n') })

describe('systemd.syntax(7)', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'sections and values',
      '[Match]\nName = eth0 \n\n[Network]\nDNS=1\nDNS=\n',
      ['1 [Match]', '2 Name=eth0', '4 [Network]', '5 DNS=1', '6 DNS='],
    ],
    ['sections that come again', '[Route]\nA=1\n[Route]\nA=2', ['1 [Route]', '2 A=1', '3 [Route]', '4 A=2']],
    ['comments, also indented', '# a\n; b\n[N]\n  # c\nA=b # no comment\n', ['3 [N]', '5 A=b # no comment']],
    ['lines that go on', '[N]\nA=1\\\n# between\n; these\n  2 \\\n3\nB=4', ['1 [N]', '2 A=1   2  3', '7 B=4']],
    ['a line that goes on at the end', '[N]\nA=1\\', ['1 [N]', '2 A=1']],
    ['DOS line ends and a byte order mark', '\uFEFF[N]\r\nA=1\r\n', ['1 [N]', '2 A=1']],
    ['what is neither', 'A=0\n[N]\nword\n=5\n[X\nB=1', ['2 [N]', '6 B=1', '1 ? A=0', '3 ? word', '4 ? =5', '5 ? [X']],
    ['a value with signs', '[N]\nA==b=c', ['1 [N]', '2 A==b=c']],
  ])('%s', (_, text, expected) => {
    expect(shown(readUnitFile(file(text)))).toEqual(expected)
  })
})

describe("GLib's key files", () => {
  test.each<[string, string, readonly string[]]>([
    ['groups and values', '[ipv4]\n  method = manual\n# a comment\n\ndns=1;2;\n', ['1 [ipv4]', '2 method=manual', '5 dns=1;2;']],
    ['`;` begins no comment', '[a]\n;b=1', ['1 [a]', '2 ;b=1']],
    ['no line goes on', '[a]\nb=1\\\nc=2', ['1 [a]', '2 b=1\\', '3 c=2']],
    ['what is neither', '[a]\nb\n', ['1 [a]', '2 ? b']],
  ])('%s', (_, text, expected) => {
    expect(shown(readKeyFile(file(text)))).toEqual(expected)
  })

  test.each<[string, readonly string[]]>([
    ['', []],
    ['a', ['a']],
    ['a;b;', ['a', 'b']],
    ['a\\;b;c', ['a;b', 'c']],
    ['\\sa\\s;\\\\', [' a ', '\\']],
    [';;a', ['a']],
  ])('the list %j', (value, expected) => {
    expect(listed(value)).toEqual(expected)
  })

  test('escapes', () => {
    expect(unescaped('back\\send\\\\\\x')).toBe('back end\\x')
  })
})
