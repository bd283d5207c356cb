import { afterEach, expect, it, vi } from 'vitest'
import { InputError } from '../../src/api/input-error.js'
import { run } from '../../src/api/run.js'

afterEach(() => vi.unstubAllEnvs())

it('says what is missing where there is no folder for temporary files', async () => {
  vi.stubEnv('TMPDIR', '/nonexistent')
  const failure = await run({ runbooks: ['runbooks/this-machine.yaml'] }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(InputError)
  expect((failure as InputError).message).toMatch(
    /^netproof: no folder for connections can be made in \/nonexistent, set TMPDIR to where one can: ENOENT: /,
  )
})
