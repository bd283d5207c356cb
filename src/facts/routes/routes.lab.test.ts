import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AddressFamily, Route, RouteTables } from './index.js'
import { linuxSources } from './linux.js'

/** Why there can be no lab here; null when there can. In CI a lab that cannot be is a failure. */
const obstacle = process.platform !== 'linux' ? 'needs Linux' : process.getuid?.() !== 0 ? 'needs root' : null

const host = `np-rt-${process.pid}`
const peer = `${host}-p`
const ip = (...args: readonly string[]): void => void execFileSync('ip', ['-n', host, ...args])

const hasTool = (tool: string): boolean => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', tool]).status === 0

/** Runs a source as the engine would, but for the quoting: in the host's namespace, with the C locale. */
function learn(name: string, family: AddressFamily): RouteTables {
  const source = linuxSources.find((candidate) => candidate.name === name)
  if (source === undefined) throw new Error(`no source ${name}`)
  const { tool, args } = source.command([{ family }])
  const run = spawnSync('ip', ['netns', 'exec', host, 'env', 'LC_ALL=C', tool[0], ...args], { encoding: 'utf8' })
  expect(run).toMatchObject({ status: 0 })
  const [value] = source.parse({ exitCode: run.status ?? -1, stdout: run.stdout, stderr: run.stderr }, [{ family }])
  if (value === undefined) throw new Error(`${name} gave no value`)
  return value
}

const at = (tables: RouteTables, destination: string, table: string | null = 'main'): readonly Route[] =>
  tables.routes.filter((route) => route.destination === destination && route.table === (tables.tables === 'unnamed' ? null : table))
const vias = (routes: readonly Route[]): readonly unknown[] => routes.map((route) => route.nextHops?.map((hop) => hop.via) ?? 'hidden')

describe.skipIf(obstacle !== null && process.env.CI === undefined)(
  `routes in a network namespace${obstacle === null ? '' : ` (${obstacle})`}`,
  () => {
    beforeAll(() => {
      if (obstacle !== null) throw new Error(`the lab ${obstacle}`)
      execFileSync('sh', [fileURLToPath(new URL('fixtures/network.sh', import.meta.url)), host, peer])
    })
    afterAll(() => {
      for (const name of [host, peer]) spawnSync('ip', ['netns', 'delete', name])
    })

    const missing = ['ip', 'cat', 'route', 'busybox'].filter((tool) => !hasTool(tool))
    const toolOf = (source: (typeof linuxSources)[number]): string => {
      const { tool, args } = source.command([{ family: 'inet' }])
      return tool[0] === 'sh' ? (args[3] ?? '') : tool[0]
    }
    const sources = linuxSources.filter((source) => !missing.includes(toolOf(source))).map(({ name }) => name)

    test.skipIf(missing.length > 0 && process.env.CI === undefined)(
      `no source is left out for want of its tool ${missing.join(' ')}`,
      () => {
        expect(missing).toEqual([])
      },
    )

    test.each(sources)('%s follows what changes', (name) => {
      const sees = (destination: string, family: AddressFamily = 'inet'): readonly unknown[] => vias(at(learn(name, family), destination))
      const metrics = (): readonly number[] => at(learn(name, 'inet'), '0.0.0.0/0').map((route) => route.metric)

      expect(sees('0.0.0.0/0')).toEqual([['10.10.0.1'], ['203.0.113.1']])
      expect(metrics()).toEqual([100, 200])
      ip('route', 'delete', 'default', 'via', '10.10.0.1', 'metric', '100')
      expect(sees('0.0.0.0/0')).toEqual([['203.0.113.1']])
      ip('route', 'replace', 'default', 'via', '203.0.113.9', 'metric', '200')
      expect(sees('0.0.0.0/0')).toEqual([['203.0.113.9']])
      ip('route', 'replace', 'default', 'via', '203.0.113.1', 'dev', 'eth0', 'metric', '200', 'proto', 'static')
      ip('route', 'add', 'default', 'via', '10.10.0.1', 'dev', 'eth1', 'metric', '100')
      expect(sees('0.0.0.0/0')).toEqual([['10.10.0.1'], ['203.0.113.1']])

      expect(sees('2001:db8:50::7/128', 'inet6')).toEqual([['fe80::2']])
      ip('-6', 'route', 'replace', '2001:db8:50::7', 'via', 'fe80::3', 'dev', 'eth0')
      expect(sees('2001:db8:50::7/128', 'inet6')).toEqual([['fe80::3']])
      ip('-6', 'route', 'delete', '2001:db8:50::7')
      expect(sees('2001:db8:50::7/128', 'inet6')).toEqual([])
      ip('-6', 'route', 'add', '2001:db8:50::7', 'via', 'fe80::2', 'dev', 'eth1', 'proto', 'static')
    })

    test.each(sources)('%s tells a route that leads nowhere from one that leads somewhere', (name) => {
      const tables = learn(name, 'inet')
      const types = (destination: string): readonly string[] => at(tables, destination).flatMap((route) => route.types)
      expect(types('10.20.0.0/16')).toEqual(['unicast'])
      expect(types('10.66.0.0/16')).toContain('blackhole')
      expect(types('10.67.0.0/16')).toContain('unreachable')
      expect(types('10.66.0.0/16')).not.toContain('unicast')
      expect(learn(name, 'inet6').routes.find((route) => route.destination === '2001:db8:66::/48')?.types).toContain('blackhole')
    })

    test.each(sources)('%s shows all next hops, or says that it does not', (name) => {
      for (const family of ['inet', 'inet6'] as const) {
        const tables = learn(name, family)
        const routes = at(tables, family === 'inet' ? '10.30.0.0/16' : '2001:db8:30::/48')
        const expected = family === 'inet' ? ['203.0.113.1', '10.10.0.1'] : ['2001:db8:1::1', '2001:db8:2::1']
        const seen = vias(routes).flat()
        if (tables.hides.includes('further-next-hops')) expect(seen).toEqual(expected.slice(0, 1))
        else if (seen[0] !== 'hidden') expect(seen).toEqual(expected)
        expect(routes.length).toBeGreaterThan(0)
      }
    })

    test.each(sources)('%s keeps other tables apart, or says that it cannot', (name) => {
      const inet = learn(name, 'inet')
      expect(inet.tables === 'main' ? inet.routes.filter((route) => route.table !== 'main') : vias(at(inet, '0.0.0.0/0', '99'))).toEqual(
        inet.tables === 'main' ? [] : [['10.10.0.9']],
      )
      const inet6 = learn(name, 'inet6')
      const [other] = inet6.routes.filter((route) => route.destination === '2001:db8:70::/48')
      expect(other?.table).toBe(inet6.tables === 'unnamed' ? null : '99')
    })

    test.each(sources)('%s never takes an IPv6 next hop of an IPv4 route for a connected network', (name) => {
      expect(['hidden', ['fe80::1']]).toContainEqual(vias(at(learn(name, 'inet'), '10.40.0.0/16'))[0])
    })

    test.each(sources)('%s sees the far end of a link go down and come back', async (name) => {
      const flags = (): unknown => at(learn(name, 'inet'), '10.20.0.0/16')[0]?.nextHops?.[0]?.flags
      expect(flags()).toEqual([])
      execFileSync('ip', ['-n', peer, 'link', 'set', 'eth1', 'down'])
      await expect.poll(flags, { timeout: 5_000 }).toEqual(['linkdown'])
      execFileSync('ip', ['-n', peer, 'link', 'set', 'eth1', 'up'])
      await expect.poll(flags, { timeout: 5_000 }).toEqual([])
    })
  },
)
