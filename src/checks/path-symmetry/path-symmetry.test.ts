import { describe, expect, it } from 'vitest'
import { arrivalCases } from './cases-arrival.js'
import { deviceCases } from './cases-devices.js'
import { flowCases } from './cases-flows.js'
import { contextOf, host, study } from './fixtures.js'
import { all, back, others, straight, there } from './scenes.js'
import type { PathSymmetrySpec } from './spec.js'

describe('path-symmetry', () => {
  it.each([...deviceCases, ...arrivalCases, ...flowCases])(
    '$title',
    ({ scene, context = contextOf(), spec = {}, verdict, actual, message }) => {
      const { finding } = study(scene, context, spec)
      expect(finding.message.split('\n')).toEqual(message.length === 0 ? [''] : message)
      expect([finding.verdict, finding.actual, finding.expected]).toEqual([verdict, actual, spec.expect ?? 'symmetric'])
      expect(finding.subject).toMatch(/^paths between web1 and db1( \((tcp 443|icmp)\))?$/)
    },
  )
})

describe('what is asked', () => {
  it('nothing more where the first traces prove it', () => {
    expect(study(straight, all).steps).toEqual([['web1 trace tcp 10.2.0.10', 'db1 trace tcp 10.1.0.10']])
  })

  it('another protocol where one does not arrive, the same both ways', () => {
    const { steps, finding } = study({ tcp: [{ ...there, answer: null }, back], icmp: [there, back] }, all)
    expect(steps).toEqual([
      ['web1 trace tcp 10.2.0.10', 'db1 trace tcp 10.1.0.10'],
      ['web1 trace icmp 10.2.0.10', 'db1 trace icmp 10.1.0.10'],
    ])
    expect([finding.verdict, finding.subject]).toEqual(['pass', 'paths between web1 and db1 (icmp)'])
  })

  it('hosts for their addresses where a router is unknown, but for the controller and those left out', () => {
    const context = contextOf(others, [host('fw1', '192.0.2.1'), host('fw2', '192.0.2.2'), host('lost', '192.0.2.3', { unusable: 'x' })])
    const asked = (ask: PathSymmetrySpec['ask']): readonly string[] =>
      study(straight, context, ask === undefined ? {} : { ask })
        .steps.flat()
        .filter((step) => step.endsWith('interfaces'))
    expect(asked(undefined)).toEqual(['web1 interfaces', 'db1 interfaces', 'fw1 interfaces', 'fw2 interfaces'])
    expect(asked('none')).toEqual([])
    expect(asked(['fw2'])).toEqual(['web1 interfaces', 'db1 interfaces', 'fw2 interfaces'])
    expect(asked(['routers'])).toEqual(['web1 interfaces', 'db1 interfaces', 'fw1 interfaces', 'fw2 interfaces'])
    expect(asked(['*1'])).toEqual(['web1 interfaces', 'db1 interfaces', 'fw1 interfaces'])
  })

  it('a hundred hosts at most, those whose address answered first', () => {
    const many = Array.from({ length: 300 }, (_, index) => host(`h${index}`, `192.0.2.${index}`))
    const { steps } = study(straight, contextOf({}, [...many, host('last', '10.0.2.2')]))
    const asked = steps.flat().filter((step) => step.endsWith('interfaces'))
    expect(asked).toHaveLength(100)
    expect(asked.slice(0, 4)).toEqual(['web1 interfaces', 'db1 interfaces', 'last interfaces', 'h0 interfaces'])
  })
})
