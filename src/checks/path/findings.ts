import type { Finding } from '../../model/check.js'
import { judgeAvoids } from './avoids.js'
import { judgeHopRtt, judgeHops, judgeRtt } from './measures.js'
import { judgeReaches } from './reach.js'
import { judgeService } from './service.js'
import { type Judgement, type Sight, showProtocol, showTarget } from './sight.js'
import { describePaths } from './table.js'
import { judgeVia } from './via.js'

/** One finding for each expectation; the first that is not met shows the path hop by hop. */
export function findingsOf(sight: Sight): readonly Finding[] {
  const judgements = [
    judgeReaches(sight),
    ...judgeService(sight),
    ...judgeVia(sight),
    ...judgeAvoids(sight),
    ...judgeHops(sight),
    ...judgeRtt(sight),
    ...judgeHopRtt(sight),
  ]
  const shown = judgements.find(({ verdict }) => verdict === 'fail') ?? judgements.find(({ verdict }) => verdict === 'error')
  return judgements.map((judgement) => findingOf(sight, judgement, judgement === shown))
}

function findingOf(sight: Sight, { key, verdict, expected, actual, message }: Judgement, withPath: boolean): Finding {
  const subject = `path to ${showTarget(sight)}, ${showProtocol(sight.target)}: ${key}`
  return {
    verdict,
    subject,
    expected,
    actual,
    message: withPath ? [message, describePaths(sight)].filter((part) => part !== '').join('\n') : message,
  }
}
