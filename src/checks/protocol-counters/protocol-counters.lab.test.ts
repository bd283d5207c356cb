import { afterAll, beforeAll, expect, it } from 'vitest'
import { complaints, prove, resultOf, writeRunbook } from '../../../test/e2e/in-lab.js'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'

labDescribe('protocol-counters follow the packets', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    const lans = (address: string) => ({ lan: { address } })
    lab = await startLab({ hosts: { ops: { lans: lans('192.0.2.1/24') }, web: { lans: lans('192.0.2.2/24') } } })
    inventory = lab.inventory({ transport: 'exec', subset: ['web'] })
  })
  afterAll(() => lab?.stop())

  const counted = { id: 'it', on: 'web', 'protocol-counters': { counter: 'TcpAttemptFails', over: '500ms', value: 0 } }
  /** Runs between the readings, and is refused. */
  const refused = { id: 'probe', on: 'web', 'tcp-port': { target: '192.0.2.1:81', expect: 'closed' } }

  it('over a time, in which probes of the same host run', async () => {
    const quiet = await prove(lab, [writeRunbook(lab, { checks: [counted] }), '-i', inventory])
    expect(complaints(resultOf(quiet.report, 'it'))).toEqual([])
    const busy = await prove(lab, [writeRunbook(lab, { checks: [counted, refused] }), '-i', inventory])
    expect(resultOf(busy.report, 'probe').verdict).toBe('pass')
    expect(complaints(resultOf(busy.report, 'it')).map((words) => words.replace(/in [\d.]+ m?s\b/, 'in T'))).toEqual(
      [
        'protocol-counters TcpAttemptFails: expected 0 over 500ms, actual +1 in T. Connections were refused or broken off: is a service down that clients ask for? ',
      ].map((words) => words.trim()),
    )
    const after = await prove(lab, [writeRunbook(lab, { checks: [counted] }), '-i', inventory])
    expect(complaints(resultOf(after.report, 'it'))).toEqual([])
  })

  it('as they stand', async () => {
    const check = (value: object) => ({ checks: [{ id: 'it', on: 'web', 'protocol-counters': { counter: 'udpNoPorts', value } }] })
    const verdictOf = async (value: object): Promise<string> =>
      resultOf((await prove(lab, [writeRunbook(lab, check(value)), '-i', inventory])).report, 'it').findings.map(
        (finding) => `${finding.verdict} ${finding.actual}`,
      )[0] ?? ''
    expect(await verdictOf({ max: 0 })).toBe('pass 0')
    await lab.sh(
      'ops',
      `python3 -c "
import socket
for _ in range(3): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.2', 9))"`,
    )
    expect(await verdictOf({ max: 0 })).toBe('fail 3')
  })
})
