import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayDecide } from './user-config.js'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'np-config-'))
  mkdirSync(join(directory, 'more'))
  writeFileSync(join(directory, 'more', 'a.conf'), 'Host a\n  User ops\n')
  writeFileSync(join(directory, 'more', 'b.config'), 'Host b\n  controlMASTER=auto\n')
})
afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

const decides = (text: string): Promise<boolean> => {
  const file = join(directory, 'config')
  writeFileSync(file, text.replaceAll('DIR', directory))
  return mayDecide(['-F', file])
}

describe('mayDecide', () => {
  test.each([
    ['', false],
    ['Host *\n  User ops\n  # ControlPath ~/x\n', false],
    ['Match host web\n  Port 2222\n', false],
    ['Host *\n  ProxyJump bastion\n', true],
    ['  proxycommand=nc %h %p\n', true],
    ['ControlPath ~/.ssh/%C\n', true],
    ['ControlPersist 60\n', false],
    ['Include DIR/more/*.conf\n', false],
    ['Include DIR/more/*.conf DIR/more/b.*\n', true],
    ['Include DIR/more/b.config\n', true],
    ['Include DIR/*/a.conf\n', true],
    ['Include DIR/more/[ab].conf\n', true],
    ['Include DIR/config\n', true],
    ['Include DIR/absent\n', false],
  ])('%j: %s', async (text, expected) => {
    expect(await decides(text)).toBe(expected)
  })

  test.each([
    [['-F', 'none'], false],
    [['-Fnone'], false],
    [['-F', 'none', '-o', 'User=x'], false],
    [['-F', 'none', '-J', 'bastion'], true],
    [['-F', 'none', '-oControlPath=/x'], true],
    [['-F', 'none', '-o', 'proxyjump=bastion'], true],
    [['-F', 'none', '-S', 'none'], true],
  ])('words %j: %s', async (words, expected) => {
    expect(await mayDecide(words)).toBe(expected)
  })
})
