import { ensureLab } from '../../test/lab/index.js'
import type { Row } from '../measure.js'
import { pairsBench } from './pairs.js'
import { tcpBench } from './tcp.js'

/** What a run costs that asks about many paths or many targets. */
export async function pathsBench(): Promise<readonly Row[]> {
  await ensureLab()
  return [...(await pairsBench()), ...(await tcpBench())]
}
