type Piece = '*' | '?' | string | { readonly negated: boolean; readonly set: readonly (readonly [from: string, to: string])[] }

/**
 * Shell wildcards as Python's `fnmatch` reads them: `*`, `?`, `[abc]`, `[a-z]`, `[!a-z]`; all of the text must match, and case counts.
 * A `[` that is never closed stands for itself. Takes time in proportion to pattern × text at worst, whatever the pattern.
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  const pieces = piecesOf(pattern)
  return (text) => matches(pieces, text)
}

function piecesOf(pattern: string): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at)
    const close = character === '[' ? closingBracket(pattern, at) : -1
    if (close === -1) {
      pieces.push(character === '[' ? { negated: false, set: [['[', '[']] } : character)
      continue
    }
    pieces.push(readSet(pattern.slice(at + 1, close)))
    at = close
  }
  return pieces
}

/** A bracket right behind the opening one, or behind `[!`, belongs to the set. */
function closingBracket(pattern: string, open: number): number {
  const first = pattern.charAt(open + 1) === '!' ? open + 2 : open + 1
  return pattern.indexOf(']', first + 1)
}

function readSet(text: string): Piece {
  const negated = text.startsWith('!')
  const members = negated ? text.slice(1) : text
  const set: [string, string][] = []
  for (let at = 0; at < members.length; at += 1) {
    const isRange = members.charAt(at + 1) === '-' && at + 2 < members.length
    set.push([members.charAt(at), members.charAt(isRange ? at + 2 : at)])
    if (isRange) at += 2
  }
  return { negated, set }
}

function accepts(piece: Piece | undefined, character: string): boolean {
  if (piece === undefined || piece === '*') return false
  if (typeof piece === 'string') return piece === '?' || piece === character
  return piece.set.some(([from, to]) => from <= character && character <= to) !== piece.negated
}

/** When a piece does not fit, the last `*` takes one character more. */
function matches(pieces: readonly Piece[], text: string): boolean {
  let piece = 0
  let at = 0
  let star = -1
  let taken = 0
  while (at < text.length) {
    if (pieces[piece] === '*') {
      star = piece
      taken = at
      piece += 1
    } else if (accepts(pieces[piece], text.charAt(at))) {
      piece += 1
      at += 1
    } else if (star === -1) {
      return false
    } else {
      taken += 1
      at = taken
      piece = star + 1
    }
  }
  while (pieces[piece] === '*') piece += 1
  return piece === pieces.length
}
