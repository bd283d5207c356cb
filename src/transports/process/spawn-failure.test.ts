import { expect, test } from 'vitest'
import type { ExecRequest } from '../../model/transport.js'
import { runProcess } from './run.js'

const run = (argv: ExecRequest['argv']): Promise<unknown> =>
  runProcess({ argv, input: 'x'.repeat(100_000), onOutput: () => undefined }, new AbortController().signal)

test.each([
  [['no-such-wrapper'], 'tool-missing', 'no-such-wrapper: not found on this machine; is it installed and in PATH?'],
  [['/etc/passwd/x'], 'tool-missing', '/etc/passwd/x: not found on this machine; is it installed and in PATH?'],
  [['/etc/passwd'], 'tool-missing', '/etc/passwd: found on this machine, but it may not be executed (EACCES)'],
  [['/bin/sh', '-c', 'x'.repeat(1_000_000)], 'transport', '/bin/sh: could not be started: spawn E2BIG'],
] satisfies readonly [ExecRequest['argv'], string, string][])('%j', async (argv, reason, message) => {
  await expect(run(argv)).rejects.toMatchObject({ name: 'TransportError', reason, message })
})
