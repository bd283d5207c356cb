import { describe, expect, it } from 'vitest'
import { entry, host, planOf } from '../../test/support/plan.js'
import { HostUse } from './host-use.js'

describe('HostUse', () => {
  it('lets a host go with the last check that asks it', () => {
    const [web1, db1] = [host('web1'), host('db1')]
    const plan = planOf(
      { entry: entry('a'), host: web1 },
      { entry: entry('b'), host: db1 },
      { entry: entry('c', { spec: { fact: 'other' } }), host: web1 },
      { entry: entry('d'), host: web1, skip: 'not for this host' },
    )
    const use = new HostUse(plan)
    expect([0, 1, 3, 2].map((index) => use.release(index))).toEqual([[], ['db1'], [], ['web1']])
  })

  it('keeps a host that a check came to ask', () => {
    const [web1, db1] = [host('web1'), host('db1')]
    const use = new HostUse(planOf({ entry: entry('a'), host: web1 }, { entry: entry('b'), host: db1 }))
    use.involve('db1', 0)
    use.involve('db1', 0)
    use.involve('core1', 0)
    expect([1, 0].map((index) => use.release(index))).toEqual([[], ['db1', 'core1', 'web1']])
  })
})
