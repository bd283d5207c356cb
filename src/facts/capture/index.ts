import type { FactKind } from '../../model/fact.js'
import { captureShape } from './shape.js'
import { tcpdump } from './source.js'
import type { Capture, CaptureArgs } from './value.js'

export { type Capture, type CaptureArgs, most } from './value.js'

/** What passes an interface while something else is asked, or for a time. */
export const capture: FactKind<CaptureArgs, Capture> = {
  name: 'capture',
  summary: 'The packets that pass an interface',
  active: false,
  announces: true,
  isValue: captureShape,
  sources: { linux: [tcpdump] },
}
