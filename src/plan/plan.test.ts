import { describe, expect, it } from 'vitest'
import { entry, host, inventory, numberCheck } from '../../test/support/plan.js'
import type { AnyCheckKind, CheckContext } from '../model/check.js'
import type { CheckEntry, Runbook } from '../model/runbook.js'
import { makePlan, type PlanInput } from './index.js'

const web1 = host('web1', { groups: ['web'] })
const web2 = host('web2', { groups: ['web'] })
const db1 = host('db1', { groups: ['db'], platform: 'windows' })
const everyone = [web1, web2, db1]

function runbook(...checks: readonly CheckEntry[]): Runbook {
  return { name: 'test', file: 'test.yaml', digest: '0', vars: {}, inventory: null, checks }
}

function planOf(checks: readonly CheckEntry[], more: Partial<PlanInput> = {}) {
  return makePlan({
    runbooks: [runbook(...checks)],
    inventory: inventory(...everyone),
    checkKinds: new Map([['number', numberCheck]]),
    select: (patterns) => ({ hosts: everyone.filter(({ name }) => patterns.includes(name)), diagnostics: [] }),
    resolve: (check) => ({ spec: check.spec }),
    locate: null,
    limit: null,
    tags: [],
    ...more,
  })
}

const on = ['web1', 'web2', 'db1']
const names = (planned: ReturnType<typeof planOf>): string[] =>
  planned.plan.checks.map((check) => `${check.entry.id} on ${check.host.name}`)

describe('makePlan', () => {
  it('asks each host once for a fact that many checks want, for as long as the most patient of them', () => {
    const planned = planOf([entry('a', { on: ['web1'], timeoutMs: 1_000 }), entry('b', { on: ['web1', 'web2'], timeoutMs: 3_000 })])
    expect(names(planned)).toEqual(['a on web1', 'b on web1', 'b on web2'])
    expect([...planned.plan.requests.values()].map(({ request, timeoutMs }) => [request.host, timeoutMs])).toEqual([
      ['web1', 3_000],
      ['web2', 3_000],
    ])
  })

  it('keeps what tags and limit ask for', () => {
    const checks = [entry('a', { on, tags: ['pre'] }), entry('b', { on, tags: ['pre', 'post'] })]
    expect(names(planOf(checks, { tags: ['post'], limit: new Set(['db1']) }))).toEqual(['b on db1'])
  })

  it('skips with the reason what does not apply, and asks nothing for it', () => {
    const checks = [entry('a', { on, when: { platforms: ['linux'] } }), entry('b', { on, when: { groups: ['db'] } })]
    const { plan } = planOf(checks)
    expect(plan.checks.flatMap(({ entry: { id }, host: { name }, skip }) => (skip === null ? [] : [`${id} ${name}: ${skip}`]))).toEqual([
      'a db1: applies to platform linux; db1 is windows',
      'b web1: applies to group db; web1 is in web',
      'b web2: applies to group db; web2 is in web',
    ])
    expect(plan.requests.size).toBe(3)
  })

  it('links what is needed on the same host, or on all where it does not run there', () => {
    const { plan } = planOf([entry('a', { on: ['web1', 'web2'] }), entry('b', { on: ['web2', 'db1'], needs: ['a'] })])
    expect(plan.checks.map(({ after }) => after)).toEqual([[], [], [1], [0, 1]])
  })

  it('visits hosts that a check asks though it does not run on them', () => {
    const between: AnyCheckKind = {
      ...numberCheck,
      needs: () => ({ ends: ['web1', 'db1'].map((name) => ({ fact: 'number', host: name, args: {} })) }),
    }
    const { plan } = planOf([entry('a', { on: ['web1'] })], { checkKinds: new Map([['number', between]]) })
    expect(plan.hosts.map(({ name }) => name)).toEqual(['web1', 'db1'])
    expect(plan.checks[0]?.requestKeys).toHaveLength(2)
  })

  it('passes on what is wrong with hosts and specifications', () => {
    const problem = { code: 'x', message: 'wrong', location: { file: 'test.yaml', line: 1, column: 1 }, length: 1 }
    const { plan, diagnostics } = planOf([entry('a', { on: ['web1'] })], { resolve: () => ({ diagnostics: [problem] }) })
    expect(diagnostics).toEqual([problem])
    expect(plan.checks).toEqual([])
  })

  describe('kinds that name their hosts themselves', () => {
    /** Its specification says which host it is about. */
    const pair = {
      ...numberCheck,
      kind: 'pair',
      hostOf: (spec: { host: string }) => spec.host,
      problemsOn: ({ host: name }: { host: string }, { inventory: { hosts } }: CheckContext) =>
        hosts.has(name) ? [] : [{ path: ['host'], message: `no host is called ${name}`, hint: 'did you mean db1?' }],
    } as unknown as AnyCheckKind
    const pairs = (checks: readonly CheckEntry[], more: Partial<PlanInput> = {}) =>
      planOf(checks, { checkKinds: new Map([['pair', pair]]), ...more })
    const about = (name: string) => entry(name, { kind: 'pair', spec: { host: name }, on: ['web1', 'web2'] })

    it('are carried out once, on that host', () => {
      const planned = pairs([about('db1'), about('web2')])
      expect(names(planned)).toEqual(['db1 on db1', 'web2 on web2'])
      expect([...planned.plan.requests.values()].map(({ request }) => request.host)).toEqual(['db1', 'web2'])
    })

    it('are carried out once for each specification that variables of hosts make of one entry', () => {
      const planned = pairs([about('any')], { resolve: (_, { name }) => ({ spec: { host: name } }) })
      expect(names(planned)).toEqual(['any on web1', 'any on web2'])
    })

    it('are left out and skipped by the host they are about', () => {
      expect(names(pairs([about('db1'), about('web2')], { limit: new Set(['db1']) }))).toEqual(['db1 on db1'])
      const { plan } = pairs([{ ...about('db1'), when: { platforms: ['linux'], groups: [] } }])
      expect(plan.checks.map(({ skip }) => skip)).toEqual(['applies to platform linux; db1 is windows'])
    })

    it('are not planned where the inventory shows a fault, which is told where it stands', () => {
      const locate: PlanInput['locate'] = ({ location }, { path, message, hint = '' }) => ({
        code: path.join('.'),
        message,
        hint,
        location,
        length: 1,
      })
      const { plan, diagnostics } = pairs([about('db9')], { locate })
      expect(plan.checks).toEqual([])
      expect(diagnostics.map(({ code, message, hint }) => [code, message, hint])).toContainEqual([
        'host',
        'no host is called db9',
        'did you mean db1?',
      ])
      expect(pairs([about('db9')]).diagnostics).toEqual([])
    })
  })
})
