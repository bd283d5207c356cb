/** A piece of a text with variables in it. */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  /** `name` is what stands between the braces, without white space around it; `source` is all of it. */
  | { readonly type: 'variable'; readonly name: string; readonly source: string }
  | { readonly type: 'fault'; readonly message: string; readonly source: string }

const step = String.raw`[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*`
const nameForm = new RegExp(String.raw`^(?:env:[A-Za-z_][A-Za-z0-9_]*|${step}(?:\.${step})*)$`, 'u')

/** Whether `text` holds anything that `parseTemplate` would not give back as it is. */
export function isTemplate(text: string): boolean {
  return text.includes('${')
}

/** Takes `a ${b} c` apart. `$${` is a literal `${`. */
export function parseTemplate(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let literal = ''
  let at = 0
  const flush = (): void => {
    if (literal !== '') pieces.push({ type: 'text', text: literal })
    literal = ''
  }
  for (let open = text.indexOf('${'); open !== -1; open = text.indexOf('${', at)) {
    if (open > at && text[open - 1] === '$') {
      literal += `${text.slice(at, open - 1)}\${`
      at = open + 2
      continue
    }
    literal += text.slice(at, open)
    flush()
    const close = text.indexOf('}', open)
    const source = close === -1 ? text.slice(open) : text.slice(open, close + 1)
    pieces.push(readVariable(source, close !== -1))
    at = open + source.length
  }
  literal += text.slice(at)
  flush()
  return pieces
}

function readVariable(source: string, closed: boolean): Piece {
  if (!closed) return { type: 'fault', source, message: 'a variable begins here and has no "}"' }
  const name = source.slice(2, -1).trim()
  if (nameForm.test(name)) return { type: 'variable', name, source }
  const message = name === '' ? 'the name of a variable is missing' : `"${name}" is no name of a variable`
  return { type: 'fault', source, message }
}
