import { splitWords } from '../../lib/words.js'

export interface Option {
  readonly negate: boolean
  /** `--dport`. */
  readonly name: string
  readonly args: readonly string[]
}

export interface RuleWords {
  readonly chain: string
  /** `-s`, `-d`, `-i`, `-o`, `-p`, `-f`. */
  readonly base: readonly Option[]
  readonly matches: readonly { readonly name: string; readonly options: readonly Option[] }[]
  readonly target: { readonly name: string; readonly goto: boolean; readonly options: readonly Option[] } | null
}

interface Token {
  readonly text: string
  readonly quoted: boolean
}

const baseOptions = ['-s', '-d', '-i', '-o', '-p', '-f', '-4', '-6', '--source', '--destination', '--protocol']

/**
 * Takes `-A INPUT -s 10.0.0.0/8 -p tcp -m tcp ! --dport 22 -j ACCEPT` apart, in which `!` may stand behind the option
 * (iptables before 1.4.3). A quoted word is never an option.
 * @returns null where the line is no such rule.
 */
export function readRuleWords(line: string): RuleWords | null {
  const split = splitWords(line)
  if ('error' in split) return null
  const tokens = split.words.map(({ text, start }): Token => ({ text, quoted: '"\''.includes(line.charAt(start)) }))
  if (tokens[0]?.text !== '-A' || tokens[1] === undefined) return null
  const base: Option[] = []
  const matches: { name: string; options: Option[] }[] = []
  let target: { name: string; goto: boolean; options: Option[] } | null = null
  let options: Option[] | null = null
  let index = 2
  let negate = false
  const isOption = (token: Token | undefined): boolean =>
    token !== undefined && !token.quoted && /^--?[a-z\d]/i.test(token.text) && !/^-\d/.test(token.text)
  while (index < tokens.length) {
    const token = tokens[index]
    if (token === undefined) break
    index += 1
    if (!token.quoted && token.text === '!') {
      negate = true
      continue
    }
    if (!isOption(token)) return null
    const args: string[] = []
    while (index < tokens.length && !isOption(tokens[index])) {
      const arg = tokens[index]
      if (arg === undefined) break
      if (!arg.quoted && arg.text === '!') {
        if (args.length > 0 || isOption(tokens[index + 1])) break
        negate = true
      } else args.push(arg.text)
      index += 1
    }
    const [first = ''] = args
    if (token.text === '-m') {
      options = []
      matches.push({ name: first, options })
    } else if (token.text === '-j' || token.text === '-g') {
      options = []
      target = { name: first, goto: token.text === '-g', options }
    } else if (baseOptions.includes(token.text)) base.push({ negate, name: token.text, args })
    else if (options === null) return null
    else options.push({ negate, name: token.text, args })
    negate = false
  }
  return { chain: tokens[1].text, base, matches, target }
}
