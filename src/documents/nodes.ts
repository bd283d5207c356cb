import { Composer, type CST, type Document, Lexer, Parser, YAMLParseError } from 'yaml'

/** How a kind of file differs from YAML 1.2 with its core schema. */
export interface YamlOptions {
  /** Tags that are allowed and mean the text behind them as it is: `!unsafe`. */
  readonly textTags?: readonly string[]
  /** `yaml-1.1` reads `yes` and `no` as booleans, as Ansible does; default `core`. */
  readonly schema?: 'core' | 'yaml-1.1'
}

/** Far above what `toData` allows, far below what the parser's own stack and expressions bear. */
const maxParserDepth = 500

/** The parser was led deeper than its stack bears. */
export class TooDeep extends Error {
  constructor(readonly offset: number) {
    super('nested too deeply')
  }
}

/**
 * The first document of `text` as nodes, with errors in it; a second document is one of them.
 * @throws TooDeep before nesting can exhaust stack or memory.
 */
export function parseNodes(text: string, { textTags = [], schema = 'core' }: YamlOptions): Document.Parsed | null {
  const customTags = textTags.map((tag) => ({ tag, resolve: (value: string) => value }))
  // Duplicate keys are found by `toData`, in linear time.
  const options = { schema, customTags, merge: true, uniqueKeys: false, resolveKnownTags: false, prettyErrors: false }
  let first: Document.Parsed | null = null
  for (const document of new Composer(options).compose(boundedTokens(text), true, text.length)) {
    if (first !== null) {
      const [start] = document.range
      first.errors.push(new YAMLParseError([start, start + 3], 'MULTIPLE_DOCS', 'a second document starts here'))
      break
    }
    first = document as Document.Parsed
  }
  return first
}

function* boundedTokens(text: string): Generator<CST.Token, void> {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme)
    if (parser.stack.length > maxParserDepth) throw new TooDeep(parser.offset)
  }
  yield* parser.end()
}
