export interface Word {
  readonly text: string
  /** Where it stands in the source: from the first character to behind the last, quotes included. */
  readonly start: number
  readonly end: number
}

export type WordsResult = { readonly words: readonly Word[] } | { readonly error: string; readonly at: number }

const isSpace = (character: string): boolean => ' \t\r\n'.includes(character)

/**
 * Splits text into words as Python's `shlex.split` does (POSIX mode), which is what Ansible uses.
 * With `comments`, a `#` starts a comment even in the middle of a word, as it does there; it ends with the line.
 */
export function splitWords(text: string, options: { readonly comments?: boolean } = {}): WordsResult {
  const words: Word[] = []
  let index = 0
  while (index < text.length) {
    const character = text.charAt(index)
    if (isSpace(character)) {
      index += 1
      continue
    }
    if (options.comments === true && character === '#') {
      index = endOfLine(text, index)
      continue
    }
    const word = readWord(text, index, options.comments === true)
    if ('error' in word) return word
    words.push(word)
    index = word.end
  }
  return { words }
}

function readWord(source: string, start: number, comments: boolean): Word | { error: string; at: number } {
  let text = ''
  let index = start
  while (index < source.length) {
    const character = source.charAt(index)
    if (isSpace(character) || (comments && character === '#')) break
    if (character === '\\') {
      if (index + 1 >= source.length) return { error: 'a backslash with nothing behind it', at: index }
      text += source.charAt(index + 1)
      index += 2
    } else if (character === "'" || character === '"') {
      const quoted = readQuoted(source, index)
      if ('error' in quoted) return quoted
      text += quoted.text
      index = quoted.end
    } else {
      text += character
      index += 1
    }
  }
  return { text, start, end: index }
}

function readQuoted(source: string, start: number): { text: string; end: number } | { error: string; at: number } {
  const quote = source.charAt(start)
  let text = ''
  for (let index = start + 1; index < source.length; index += 1) {
    const character = source.charAt(index)
    if (character === quote) return { text, end: index + 1 }
    const next = source.charAt(index + 1)
    // Inside double quotes a backslash escapes only itself and the quote; elsewhere it stays.
    if (quote === '"' && character === '\\' && (next === '"' || next === '\\')) {
      text += next
      index += 1
    } else {
      text += character
    }
  }
  return { error: `a ${quote} that is never closed`, at: start }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end + 1
}
