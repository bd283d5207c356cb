import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { type RecordRoute, recordRoute } from './index.js'

labDescribe('the route that packets record', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab('web-db')
  })
  afterAll(() => lab?.stop())

  async function record(): Promise<RecordRoute | undefined> {
    const [source] = recordRoute.sources.linux ?? []
    const request = { host: '10.20.0.5', source: '198.51.100.10', timeoutMs: 1_000 }
    const command = source?.command([request])
    const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'env', 'LC_ALL=C']
    const { exitCode, stdout, stderr } = await lab.exec('ops', [...asNobody, ...(command?.tool ?? []), ...(command?.args ?? [])])
    return source?.parse({ exitCode: exitCode ?? -1, stdout, stderr }, [request])[0]
  }

  it('follows what changes, without any privilege', async () => {
    const there = ['198.51.100.10', '203.0.113.1', '10.20.0.1', '10.20.0.5', '10.20.0.5']
    const before = await record()
    await lab.sh('web1', 'echo 1 >/proc/sys/net/ipv4/ip_forward')
    await lab.sh('core1', 'ip route add 198.51.100.0/24 via 10.10.0.11')
    const moved = await record()
    await lab.sh('edge1', "nft -f - <<'E'\ntable ip np { chain f { type filter hook forward priority 0; ip option rr exists drop; }; }\nE")
    const dropped = await record()
    expect(before?.routes[0]).toEqual([...there, '203.0.113.254', '198.51.100.1', '198.51.100.10'])
    expect(moved?.routes[0]).toEqual([...there, '10.10.0.1', '203.0.113.11', '198.51.100.1', '198.51.100.10'].slice(0, 9))
    expect(dropped).toEqual({ routes: [], problem: null })
  })
})
