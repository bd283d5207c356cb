import type { YAMLError } from 'yaml'
import type { Problem } from './document.js'
import { placeOf, type Range, type SourceText } from './source-text.js'

/** Not allowed anywhere in YAML (1.2.2, section 5.1): controls but tab and line breaks, and what is no character at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\ufffe\uffff]/

/** The first character that YAML does not allow; the parser itself does not look for them. */
export function forbiddenCharacter(source: SourceText): { readonly range: Range; readonly problem: Problem } | null {
  const start = source.text.search(forbidden)
  if (start === -1) return null
  const code = source.text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0')
  const problem = {
    code: 'bad-character',
    message: `the character U+${code} is not allowed in YAML`,
    hint: 'write it as an escape in double quotes',
  }
  return { range: { start, end: start + 1 }, problem }
}

const hints: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_SCALAR_START: 'put the value in quotes',
  BAD_INDENT: 'items of one list, and keys of one map, start in the same column',
  BLOCK_AS_IMPLICIT_KEY: 'a value that holds ": " needs quotes; a nested map starts on a line of its own',
  MISSING_CHAR: 'look for an unclosed quote, bracket or brace, or a missing ":"',
  MULTILINE_IMPLICIT_KEY: 'look for a missing ":" on this line',
  UNEXPECTED_TOKEN: 'look for an unclosed quote, bracket or brace before this place',
}

/** What the parser says, in our words: the place, and what to do. @param openQuote the last quoted text, which may lack its end. */
export function syntaxProblem(
  source: SourceText,
  error: YAMLError,
  openQuote: Range | null,
): { readonly range: Range; readonly problem: Problem } {
  const range = { start: error.pos[0], end: error.pos[1] }
  const tab = indentTab(source, range.start)
  if (tab !== null) {
    const problem = {
      code: 'tab-indent',
      message: 'a tab is used as indentation',
      hint: 'YAML allows only spaces there: replace every leading tab',
    }
    return { range: tab, problem }
  }
  if (error.code === 'MULTIPLE_DOCS') {
    return {
      range,
      problem: {
        code: 'multiple-documents',
        message: 'a second document starts here',
        hint: 'one file holds one document: remove the "---"',
      },
    }
  }
  if (error.code === 'TAG_RESOLVE_FAILED') {
    const tag = /!\S*/.exec(source.text.slice(range.start, range.end))?.[0] ?? 'this tag'
    return {
      range,
      problem: {
        code: 'unknown-tag',
        message: `unknown tag ${tag}`,
        hint: 'remove it; only the tags of the YAML 1.2 core schema are known',
      },
    }
  }
  if (/^Missing closing ["']quote/.test(error.message)) {
    const problem = { code: 'yaml-syntax', message: 'this quoted text has no end', hint: 'close the quote' }
    return { range: openQuote ?? range, problem }
  }
  if (/^Flow (map|sequence) in block collection/.test(error.message)) {
    const [what, close] = error.message.startsWith('Flow map') ? ['map', '}'] : ['list', ']']
    const problem = {
      code: 'yaml-syntax',
      message: `a ${what} in brackets above has no end`,
      hint: `close it with "${close}", or indent this line`,
    }
    return { range, problem }
  }
  const message = error.message.charAt(0).toLowerCase() + error.message.slice(1)
  return { range, problem: { code: 'yaml-syntax', message: message.replace(/\.$/, ''), hint: hints[error.code] } }
}

/** The first tab in the leading white space of the line that holds `offset`. */
function indentTab(source: SourceText, offset: number): Range | null {
  const { sourceLine, line } = placeOf(source, offset)
  const indent = /^[ \t]*/.exec(sourceLine)?.[0] ?? ''
  const tab = indent.indexOf('\t')
  if (tab === -1) return null
  const start = (source.lineStarts[line - 1] ?? 0) + tab
  return { start, end: start + 1 }
}
