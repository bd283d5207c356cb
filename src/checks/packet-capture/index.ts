import { type Capture, type CaptureArgs, capture } from '../../facts/capture/index.js'
import { parseDuration } from '../../lib/duration.js'
import { factKey, request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { findingsOf } from './findings.js'
import { type ProbeAnswer, probeRequest } from './probe.js'
import { inventoryProblems, packetCaptureProblems } from './problems.js'
import { type PacketCaptureSpec, packetCaptureSchema } from './spec.js'

export type { PacketCaptureSpec } from './spec.js'

type Needs = { readonly capture: FactRequest<Capture>; readonly probe: readonly FactRequest<ProbeAnswer>[] }

/** What passes an interface while a probe of ours runs, or for a time. */
export const packetCapture: CheckKind<PacketCaptureSpec, Needs> = {
  kind: 'packet-capture',
  summary: 'which packets pass an interface, while a probe runs or for a time',
  schema: packetCaptureSchema,
  problems: packetCaptureProblems,
  problemsOn: inventoryProblems,
  needs: (spec, context) => {
    const probe = probeRequest(spec.probe, context)
    const listening = request(capture, context.host.name, captureArgs(spec, probe))
    return { capture: listening, probe: probe === null ? [] : [{ ...probe, during: listening }] }
  },
  evaluate: (spec, facts, context) => findingsOf({ spec, context, capture: facts.capture, answer: facts.probe[0] ?? null }),
  attachments: (_, { capture: { pcap } }) => [{ name: 'capture.pcap', mediaType: 'application/vnd.tcpdump.pcap', base64: pcap }],
}

/** What a probe may take, and some more: silence is asked several times before it is believed. */
const longestProbeMs = 90_000
const withoutProbeMs = 5_000
/** For what comes after a probe's answer, such as a reset or a retransmission. */
const lingerMs = 500

function captureArgs(spec: PacketCaptureSpec, probe: FactRequest | null): CaptureArgs {
  const wished = spec.for === undefined ? null : parseDuration(spec.for)
  return {
    interface: spec.interface,
    filter: spec.filter ?? null,
    forMs: wished ?? (probe === null ? withoutProbeMs : longestProbeMs),
    lingerMs: wished === null && probe !== null ? lingerMs : null,
    count: spec['until-count'] ?? null,
    snapLength: spec['snap-length'] ?? 512,
    probe: probe === null ? null : factKey(probe),
  }
}
