import { pythonTool } from '../../lib/probe/python-tool.js'
import type { CommandOutput, Source } from '../../model/fact.js'
import { classifyAll } from './classify.js'
import { perlProbe } from './perl/index.js'
import { decodeAnswers, encodeTargets, isAskable } from './protocol.js'
import { pythonProbe } from './python/index.js'
import { bashProbe } from './shell/bash.js'
import { curlProbe } from './shell/curl.js'
import { ncProbe } from './shell/nc.js'
import { commandTimeoutMs, deadlineMs } from './timing.js'
import type { TcpAddressResult, TcpConnect, TcpConnectArgs } from './value.js'

type TcpSource = Source<TcpConnectArgs, TcpConnect>

/** @param name0 what a shell wants between a program and its arguments: a name for itself. */
const fromInterpreter = (
  name: string,
  tool: readonly [string, ...string[]],
  flags: readonly string[],
  program: string,
  name0: readonly string[] = [],
): TcpSource => ({
  name,
  command: (requests) => ({
    tool,
    args: [...flags, program, ...name0, String(deadlineMs(requests))],
    stdin: encodeTargets(requests),
    timeoutMs: commandTimeoutMs(requests),
  }),
  parse,
})

function parse(output: CommandOutput, requests: readonly TcpConnectArgs[]): readonly TcpConnect[] {
  const answers = decodeAnswers(output.stdout)
  const results = classifyAll(answers)
  return requests.map((request, index) => {
    const [first, ...rest] = results.get(index) ?? []
    return { probe: answers.probe, addresses: first === undefined ? [unanswered(request)] : [first, ...rest] }
  })
}

/** A target about which the probe said nothing: never a verdict on the target. */
function unanswered(request: TcpConnectArgs): TcpAddressResult {
  return {
    address: null,
    status: 'unsupported',
    possible: ['unsupported'],
    answerMs: null,
    source: null,
    icmp: null,
    errno: null,
    local: false,
    confirmed: true,
    limited: false,
    attempts: 0,
    detail: isAskable(request) ? 'the probe ended without an answer for this target' : 'not an address or a host name',
  }
}

/** ICMP type, code and sender from Linux 5.8 on. `-E -s -S`: nothing of the host's own Python settings is loaded. */
export const python = fromInterpreter('python', pythonTool, ['-E', '-s', '-S', '-c'], pythonProbe)

/** The same where Perl knows the number of recvmsg(2); elsewhere whether there was an ICMP error, not which. */
export const perl = fromInterpreter('perl', ['perl'], ['-e'], perlProbe)

/** The errno in words only: what a RST and an ICMP error have in common stays open. */
export const bash = fromInterpreter('bash /dev/tcp', ['bash'], ['--noprofile', '--norc', '-c'], bashProbe, ['netproof'])
export const nc = fromInterpreter('nc', ['sh'], ['-c'], ncProbe, ['netproof'])
export const curl = fromInterpreter('curl', ['sh'], ['-c'], curlProbe, ['netproof'])
