/** SGR parameters (ECMA-48, 8.3.117): what switches a style on, and what switches it off. */
const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const

export type Paint = (style: keyof typeof styles, text: string) => string

const introducer = '\u001b['

/** Colours for a terminal, or none. What a text means never depends on them. */
export function painter(color: boolean): Paint {
  if (!color) return (_, text) => text
  return (style, text) => {
    const [on, off] = styles[style]
    return text === '' ? '' : `${introducer}${on}m${text}${introducer}${off}m`
  }
}
