import { describe, expect, it } from 'vitest'
import { renderMarkdown } from './render-markdown.js'

const render = (markdown: string, columns = 44): string[] => renderMarkdown(markdown, { columns, color: false }).split('\n')

describe('renderMarkdown', () => {
  it('wraps paragraphs and takes out marks, but not in code', () => {
    expect(render('Proves **one** thing, [see](x.md): `a **b**`\nand this.')).toEqual(['Proves one thing, see: a **b** and this.', ''])
    expect(render('one two three four five six seven eight nine ten')).toEqual(['one two three four five six seven eight nine', 'ten', ''])
  })

  it('keeps code as it stands', () => {
    expect(render('```yaml\nversion: 1\n\n  # | not a table\n```')).toEqual(['    version: 1', '    ', '      # | not a table', ''])
  })

  it('turns tables into lists', () => {
    expect(render('| key | meaning |\n| --- | --- |\n| `a` | a sentence that is too long for one line \\| here |\n| `b` | |')).toEqual([
      '  a',
      '      a sentence that is too long for one',
      '      line | here',
      '  b',
      '',
    ])
  })

  it('keeps headings and items apart', () => {
    expect(render('# Title\n## Second\ntext\n- one\n  more\n- two\n1. three')).toEqual([
      'Title',
      '',
      'Second',
      '',
      'text',
      '',
      '- one more',
      '- two',
      '- three',
      '',
    ])
  })
})
