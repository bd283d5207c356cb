import { Command } from 'commander'
import { checkKinds } from '../builtins.js'
import { unknownKind } from './support/kinds.js'
import { readShipped } from './support/package-files.js'
import { renderMarkdown } from './support/render-markdown.js'
import { terminalOutputs } from './support/terminal.js'

export function explainCommand(exit: (code: number) => void, root: URL): Command {
  return new Command('explain')
    .description('what a check kind proves, its keys, examples and messages')
    .argument('<kind>', `one of ${checkKinds.map(({ kind }) => kind).join(', ')}`)
    .addHelpText('after', '\nExample:\n  netproof explain route\n\n`netproof list checks` says in a line each what they are about.')
    .action(async (kind: string) => {
      if (!checkKinds.some((known) => known.kind === kind)) throw unknownKind(kind)
      const text = await readShipped(root, `dist/docs/checks/${kind}.md`)
      const { columns, color } = terminalOutputs({ color: true }).results
      // A file or a pipe gets the Markdown itself.
      process.stdout.write(columns === null ? text : renderMarkdown(text, { columns, color }))
      exit(0)
    })
}
