/** Small enough to hold, large enough that a write costs little against what it carries. */
const pieceLength = 64 * 1024

/** Joins small texts into pieces of at least 64 Ki characters; the last may be shorter. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = ''
  for (const text of texts) {
    piece += text
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
