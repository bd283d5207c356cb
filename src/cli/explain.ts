import { Command } from 'commander'
import { checkKinds } from '../builtins.js'
import { unknownKind } from './support/kinds.js'
import { readShipped } from './support/package-files.js'

export function explainCommand(exit: (code: number) => void, root: URL): Command {
  return new Command('explain')
    .description('what a check kind proves, its keys, examples and messages')
    .argument('<kind>', `one of ${checkKinds.map(({ kind }) => kind).join(', ')}`)
    .addHelpText('after', '\nExample:\n  netproof explain route')
    .action(async (kind: string) => {
      if (!checkKinds.some((known) => known.kind === kind)) throw unknownKind(kind)
      process.stdout.write(await readShipped(root, `dist/docs/checks/${kind}.md`))
      exit(0)
    })
}
