import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from './describe.js'
import { type Lab, type RunResult, startLab } from './index.js'

labDescribe('the ssh-troubles lab', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab('ssh-troubles')
  })
  afterAll(() => lab?.stop())

  const ssh = (host: string, ...args: string[]): Promise<RunResult> =>
    lab.exec('ops', ['ssh', '-F', lab.sshConfig, '-o', 'ConnectTimeout=1', ...args, host, 'echo in'], { timeoutMs: 2_500 })

  it.each([
    ['good', 'in\n', ''],
    ['banner', 'in\n', 'AUTHORISED USE ONLY'],
    ['noisy-shell', 'garbage without a newlinein\n', 'last login: never'],
    ['noisy-bashrc', 'motd from .bashrc\nin\n', ''],
    ['force-command', 'Only the menu is allowed here.\n', ''],
    ['one-at-a-time', 'in\n', ''],
    ['one-session', 'in\n', ''],
    ['other-port', 'in\n', ''],
    ['user', 'in\n', ''],
  ])('%s lets in', async (host, stdout, stderr) => {
    const result = await ssh(host)
    expect(result.exitCode).toBe(0)
    expect(result.stdout).toContain(stdout)
    expect(result.stderr).toContain(stderr)
  })

  it.each([
    ['nologin', 1, ''],
    ['wrong-key', 255, 'REMOTE HOST IDENTIFICATION HAS CHANGED'],
    ['refused', 255, 'Permission denied (publickey)'],
    ['silent', 255, 'Connection timed out during banner exchange'],
    ['stalled', null, ''],
    ['reset', 255, 'Connection reset by peer'],
    ['filtered', 255, 'Connection timed out'],
    ['inner', 255, 'Network is unreachable'],
    ['203.0.113.99', 255, 'Connection timed out'],
    ['192.0.2.1', 255, 'Network is unreachable'],
  ])('%s ends with %s', async (host, exitCode, stderr) => {
    const result = await ssh(host)
    expect(result.exitCode).toBe(exitCode)
    expect(result.stderr).toContain(stderr)
  })

  it('reaches inner through good', async () => {
    expect(await ssh('inner', '-J', 'good')).toEqual({ exitCode: 0, stdout: 'in\n', stderr: '' })
  })

  it('makes user root through sudo', async () => {
    const { stdout } = await lab.exec('ops', ['ssh', '-F', lab.sshConfig, 'user', 'id -un; sudo -n id -un'])
    expect(stdout).toBe('ops\nroot\n')
  })
})
