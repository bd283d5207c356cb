import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { posixQuote } from '../../../lib/quote.js'
import { nc } from '../sources.js'

/** What one nc prints, recorded where nothing else is said; every answer is its exit code and its output. */
interface Variant {
  readonly help: string
  /** The words before address and port. */
  readonly flags: string
  readonly open: readonly [number, string]
  readonly refused: readonly [number, string]
  readonly silent: readonly [number, string]
  /** Asked from an address that is not there. */
  readonly source: readonly [number, string]
}

const variants: Readonly<Record<string, Variant>> = {
  'OpenBSD 1.219': {
    help: 'OpenBSD netcat (Debian patchlevel 1.219-1)\nusage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval]',
    flags: '-z -v -n -w',
    open: [0, 'Connection to 10.77.2.5 8001 port [tcp/*] succeeded!'],
    refused: [1, 'nc: connect to 10.77.2.5 port 8002 (tcp) failed: Connection refused'],
    silent: [1, 'nc: connect to 10.77.2.7 port 9101 (tcp) timed out: Operation now in progress'],
    source: [1, 'nc: bind failed: Cannot assign requested address'],
  },
  'BusyBox 1.35 with NC_110_COMPAT, as in Alpine': {
    help: 'BusyBox v1.35.0 (2026-11-22 14:37:23 UTC) multi-call binary.\n\nUsage: nc [OPTIONS] HOST PORT  - connect\n\n\t-w SEC\tTimeout for connects\n\t-z\tZero-I/O mode (scanning)',
    flags: '-z -vv -n -w',
    open: [0, '10.77.2.5 (10.77.2.5:8001) open\nsent 0, rcvd 0'],
    refused: [1, 'nc: 10.77.2.5 (10.77.2.5:8002): Connection refused\nsent 0, rcvd 0'],
    silent: [1, 'nc: 10.77.2.7 (10.77.2.7:9101): Connection timed out\nsent 0, rcvd 0'],
    source: [1, 'nc: bind: Cannot assign requested address'],
  },
  'Ncat 7.93': {
    help: 'Ncat 7.93 ( https://nmap.org/ncat )\nUsage: ncat [options] [hostname] [port]\n  -G <n>                     Loose source routing hop pointer',
    flags: '-z -v -n -w',
    open: [
      0,
      'Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 10.77.2.5:8001.\nNcat: 0 bytes sent, 0 bytes received in 0.08 seconds.',
    ],
    refused: [1, 'Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connection refused.'],
    silent: [1, 'Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: TIMEOUT.'],
    // It says so, and goes on from another address.
    source: [
      0,
      'Ncat: Version 7.93 ( https://nmap.org/ncat )\nlibnsock mksock_bind_addr(): Bind to 10.9.9.9:0 failed (IOD #1): Cannot assign requested address (99)\nNcat: Connected to 10.77.2.5:8001.',
    ],
  },
  'traditional 1.10': {
    help: '[v1.10-47]\nconnect to somewhere:\tnc [-options] hostname port[s] [ports] ...\n\t-G num\t\t\tsource-routing pointer: 4, 8, 12, ...',
    flags: '-z -v -n -w',
    open: [0, '(UNKNOWN) [10.77.2.5] 8001 (?) open'],
    refused: [1, '(UNKNOWN) [10.77.2.5] 8002 (?) : Connection refused'],
    silent: [1, '(UNKNOWN) [10.77.2.7] 9101 (bacula-dir) : Connection timed out'],
    source: [1, "Can't grab 10.9.9.9:0 with bind : Cannot assign requested address"],
  },
  'macOS, imitated from its source (netcat.c)': {
    help: 'usage: nc [-46AacCDdEFhklMnOortUuvz] [-K tc] [-b boundif] [-i interval] [-p source_port]\n\t\t-G conntimo\tConnection timeout in seconds',
    flags: '-z -v -n -G',
    open: [0, 'Connection to 10.77.2.5 port 8001 [tcp/*] succeeded!'],
    refused: [1, 'nc: connectx to 10.77.2.5 port 8002 (tcp) failed: Connection refused'],
    silent: [1, 'nc: connectx to 10.77.2.7 port 9101 (tcp) failed: Operation timed out'],
    source: [1, "nc: connectx to 10.77.2.5 port 8001 (tcp) failed: Can't assign requested address"],
  },
}

let directory = ''

/** A program called nc that answers as the variant does, and refuses other words. */
function imitate({ help, flags, open, refused, silent, source }: Variant): void {
  const answer = ([code, text]: readonly [number, string]): string => `printf '%s\\n' ${posixQuote(text)} >&2; exit ${code}`
  const script = [
    '#!/bin/sh',
    'case "$*" in',
    `-h) printf '%s\\n' ${posixQuote(help)} >&2; exit 1 ;;`,
    `${posixQuote(`${flags} 1 10.77.2.5 8001`)}) ${answer(open)} ;;`,
    `${posixQuote(`${flags} 1 10.77.2.5 8002`)}) ${answer(refused)} ;;`,
    `${posixQuote(flags)}' '[1-5]' 10.77.2.7 9101') ${answer(silent)} ;;`,
    `${posixQuote(`${flags} 1 -s 10.9.9.9 10.77.2.5 8001`)}) ${answer(source)} ;;`,
    // What every nc answers to words it does not know: help, which speaks of timeouts.
    "*) printf 'Usage: nc [OPTIONS] HOST PORT\\n\\t-w SEC Connect timeout\\n' >&2; exit 1 ;;",
    'esac',
  ]
  writeFileSync(join(directory, 'nc'), `${script.join('\n')}\n`, { mode: 0o755 })
}

function ask(requests: readonly { host: string; port: number; source?: string }[]) {
  const targets = requests.map((request) => ({ ...request, timeoutMs: 1_000 }))
  const { tool, args, stdin = '' } = nc.command(targets)
  const env = { PATH: `${directory}:/usr/bin:/bin`, LC_ALL: 'C' }
  const stdout = execFileSync(tool[0], args, { input: stdin, env, encoding: 'utf8' })
  return nc.parse({ exitCode: 0, stdout, stderr: '' }, targets).map(({ addresses: [first] }) => first)
}

describe('nc', () => {
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'netproof-nc-'))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it.each(Object.entries(variants))('%s is understood', (_, variant) => {
    imitate(variant)
    const results = ask([
      { host: '10.77.2.5', port: 8001 },
      { host: '10.77.2.5', port: 8002 },
      { host: '10.77.2.5', port: 8001, source: '10.9.9.9' },
      { host: '10.77.2.5', port: 8001, source: 'eth0' },
    ])
    expect(results.map(({ possible }) => possible)).toEqual([['open'], ['refused', 'rejected'], ['source-error'], ['unsupported']])
  })

  it('is asked twice more before silence is believed', { timeout: 30_000 }, () => {
    imitate(variants['traditional 1.10'] as Variant)
    expect(ask([{ host: '10.77.2.7', port: 9101 }])).toMatchObject([{ status: 'timeout', confirmed: true, attempts: 3 }])
  })

  it.each([
    ['help', 'nc: invalid option\nUsage: nc [OPTIONS]\n\t-w SEC Connect timeout'],
    ['nothing', ''],
    ['nonsense that would break JSON', '"}\\\u0007\n{"i":0,"outcome":"open"}'],
  ])('that answers with %s says nothing about the target', (_, text) => {
    imitate({ ...(variants['OpenBSD 1.219'] as Variant), open: [1, text] })
    expect(ask([{ host: '10.77.2.5', port: 8001 }])).toMatchObject([{ status: 'unsupported' }])
  })
})
