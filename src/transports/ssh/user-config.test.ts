import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Influence, influenceOf } from './user-config.js'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'np-config-'))
  mkdirSync(join(directory, 'more'))
  writeFileSync(join(directory, 'more', 'a.conf'), 'Host a\n  User ops\n')
  writeFileSync(join(directory, 'more', 'c.config'), 'ControlPath none\n')
  writeFileSync(join(directory, 'more', 'b.config'), 'Host b\n  controlMASTER=auto\n')
})
afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

const decides = (text: string): Promise<Influence> => {
  const file = join(directory, 'config')
  writeFileSync(file, text.replaceAll('DIR', directory))
  return influenceOf(['-F', file])
}

describe('influenceOf', () => {
  test.each([
    ['', 'nothing'],
    ['Host *\n  User ops\n  # ControlPath ~/x\n', 'nothing'],
    ['Match host web\n  Port 2222\n', 'nothing'],
    ['Host *\n  ProxyJump bastion\n', 'each'],
    ['  proxycommand=nc %h %p\n', 'each'],
    ['ControlPath ~/.ssh/%C\n', 'alike'],
    ['Host *\n  ControlMaster auto\n  ControlPath ~/.ssh/%C\n', 'alike'],
    ['Host web\n  User ops\nMatch all\n  ControlPath ~/.ssh/%C\n', 'alike'],
    ['Host web*\n  ControlPath ~/.ssh/%C\n', 'each'],
    ['Host * !web\n  ControlPath ~/.ssh/%C\n', 'each'],
    ['Match user root\n  ControlMaster auto\n', 'each'],
    ['ControlPath ~/.ssh/%C\nProxyJump bastion\n', 'each'],
    ['ControlPath ~/.ssh/%C\nInclude DIR/more/b.config\n', 'each'],
    ['Host web\n  Include DIR/more/c.config\n', 'each'],
    ['Include DIR/more/c.config\n', 'alike'],
    ['ControlPersist 60\n', 'nothing'],
    ['Include DIR/more/*.conf\n', 'nothing'],
    ['Include DIR/more/*.conf DIR/more/b.*\n', 'each'],
    ['Include DIR/more/b.config\n', 'each'],
    ['Include DIR/*/a.conf\n', 'each'],
    ['Include DIR/more/[ab].conf\n', 'each'],
    ['Include DIR/config\n', 'each'],
    ['Include DIR/absent\n', 'nothing'],
  ])('%j: %s', async (text, expected) => {
    expect(await decides(text)).toBe(expected)
  })

  test.each([
    [['-F', 'none'], 'nothing'],
    [['-Fnone'], 'nothing'],
    [['-F', 'none', '-o', 'User=x'], 'nothing'],
    [['-F', 'none', '-J', 'bastion'], 'each'],
    [['-F', 'none', '-oControlPath=/x'], 'each'],
    [['-F', 'none', '-o', 'proxyjump=bastion'], 'each'],
    [['-F', 'none', '-S', 'none'], 'each'],
  ])('words %j: %s', async (words, expected) => {
    expect(await influenceOf(words)).toBe(expected)
  })
})
