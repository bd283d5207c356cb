import { describe, expect, it } from 'vitest'
import { runProcess } from './run.js'

describe('runProcess', () => {
  it('waits for output that another process still hands over, as a busy ssh connection does', async () => {
    let text = ''
    const onOutput = (_: string, chunk: Uint8Array): void => {
      text += Buffer.from(chunk).toString()
    }
    const argv = ['sh', '-c', 'echo begin; ( sleep 0.5; echo end ) & exit 0'] as const
    await runProcess({ argv: [...argv], input: '', onOutput }, new AbortController().signal)
    expect(text).toBe('begin\nend\n')
  })
})
