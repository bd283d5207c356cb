import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureLab, fleet, type Lab, startLab, type Topology } from '../test/lab/index.js'
import { atLeast, atMost, measure, pair, type Row, seconds } from './measure.js'

const hosts = 20
const routes = 50
const services = 20

/** 20 hosts over SSH: netproof against plain ssh, and against testinfra, on the same network in one run. */
export async function fleetBench(): Promise<readonly Row[]> {
  await ensureLab()
  const lab = await startLab(withDefaultKeyExchange(fleet(hosts, { routes, services })))
  try {
    return [...(await sshRows(lab)), ...(await scaleRows(lab)), ...(await testinfraRows(lab))]
  } finally {
    await lab.stop()
  }
}

/** The lab saves time by a cheap key exchange; users have what OpenSSH 9 prefers. */
function withDefaultKeyExchange(topology: Topology): Topology {
  const options = ['KexAlgorithms sntrup761x25519-sha512@openssh.com,curve25519-sha256']
  const hostsOf = Object.entries(topology.hosts).map(([name, host]) => [
    name,
    host.ssh === undefined ? host : { ...host, ssh: { options } },
  ])
  return { ...topology, hosts: Object.fromEntries(hostsOf) }
}

const names = Array.from({ length: hosts }, (_, index) => `h${String(index + 1).padStart(2, '0')}`)

/** 50 routes, 1 listener and 20 TCP targets on the neighbours, for every host. */
function writeRunbook(lab: Lab, times: number): string {
  const file = join(lab.directory, `fleet-${times}.yaml`)
  const one = (copy: number): string[] => [
    ...Array.from(
      { length: routes },
      (_, index) => `  - route: { destination: 10.0.${index}.0/24, via: 203.0.113.254, metric: { max: ${copy} } }`,
    ),
    '  - listening-port: { port: 8080 }',
    ...names.slice(0, services).map((name, index) => `  - tcp-port: { target: "${name}:${9_001 + index}" }`),
  ]
  const checks = Array.from({ length: times }, (_, copy) => one(copy)).flat()
  writeFileSync(file, `version: 1\nname: Fleet\ndefaults: { on: fleet }\nchecks:\n${checks.join('\n')}\n`)
  return file
}

/** The user's ssh configuration with a connection that stays open, for warm runs. */
function persistentConfig(lab: Lab): string {
  const file = join(lab.directory, 'ssh_config_persistent')
  writeFileSync(
    file,
    `Host *\n  ControlMaster auto\n  ControlPath ${lab.directory}/cm-%C\n  ControlPersist 120\nInclude ${lab.sshConfig}\n`,
  )
  return file
}

const inside = (lab: Lab, argv: readonly string[]): readonly string[] => ['ip', 'netns', 'exec', lab.ns('ops'), ...argv]

function netproof(lab: Lab, runbook: string, inventory: string): readonly string[] {
  return inside(lab, lab.netproofArgv(['run', runbook, '-i', inventory, '-r', `json=${lab.directory}/report.json`]))
}

/** What a shell script of an experienced engineer would do, and nothing less could. */
function floor(lab: Lab, config: string): readonly string[] {
  const ssh = `xargs -P ${hosts} -I{} ssh -n -F ${config} -o BatchMode=yes {} 'ip -j route; ss -Hltn'`
  return inside(lab, ['sh', '-c', `printf '%s\\n' ${names.join(' ')} | ${ssh} >/dev/null`])
}

async function sshRows(lab: Lab): Promise<readonly Row[]> {
  const runbook = writeRunbook(lab, 1)
  const cold = lab.inventory({ transport: 'ssh' })
  const [ours, raw] = pair({ argv: netproof(lab, runbook, cold) }, { argv: floor(lab, lab.sshConfig) }, 7)
  expectSuccess(ours.exitCode, 'the cold run')

  const persistent = persistentConfig(lab)
  const warm = lab.inventory({
    transport: 'ssh',
    extra: Object.fromEntries(names.map((name) => [name, { 'ssh-args': ['-F', persistent] }])),
  })
  measure(floor(lab, persistent), { runs: 1 })
  measure(netproof(lab, runbook, warm), { runs: 1 })
  const [oursWarm, rawWarm] = pair({ argv: netproof(lab, runbook, warm) }, { argv: floor(lab, persistent) }, 7)
  expectSuccess(oursWarm.exitCode, 'the warm run')
  return [
    {
      what: `${hosts} hosts, ${hosts * (routes + 1 + services)} results, cold`,
      figure: `${seconds(ours.wall)} wall, ${seconds(ours.cpu)} CPU, ${Math.round(ours.memory)} MiB`,
      goal: '',
      met: null,
    },
    atMost('cold, against xargs -P 20 ssh', ours.wall / raw.wall, 1.5, `${seconds(ours.wall)} / ${seconds(raw.wall)}`),
    atMost('warm, against xargs -P 20 ssh', oursWarm.wall / rawWarm.wall, 3, `${seconds(oursWarm.wall)} / ${seconds(rawWarm.wall)}`),
  ]
}

/** Ten times the checks must cost hardly more time and not one execution of ssh more. */
async function scaleRows(lab: Lab): Promise<readonly Row[]> {
  const inventory = lab.inventory({ transport: 'ssh' })
  const log = join(lab.directory, 'ssh-executions')
  const shims = join(lab.directory, 'bin')
  mkdirSync(shims, { recursive: true })
  writeFileSync(join(shims, 'ssh'), `#!/bin/sh\necho x >>${log}\nexec /usr/bin/ssh "$@"\n`, { mode: 0o755 })
  const executions = (times: number): number => {
    rmSync(log, { force: true })
    const { exitCode } = measure(netproof(lab, writeRunbook(lab, times), inventory), {
      runs: 1,
      env: { PATH: `${shims}:${process.env.PATH}` },
    })
    expectSuccess(exitCode, 'a run with counted executions')
    return readFileSync(log, 'utf8').split('\n').length - 1
  }
  const [ten, one] = pair(
    { argv: netproof(lab, writeRunbook(lab, 10), inventory) },
    { argv: netproof(lab, writeRunbook(lab, 1), inventory) },
    5,
  )
  expectSuccess(ten.exitCode, 'the run with ten times the checks')
  const [oneCount, tenCount] = [executions(1), executions(10)]
  return [
    atMost('10 × the checks per host', ten.wall / one.wall, 1.3, `${seconds(ten.wall)} / ${seconds(one.wall)}`),
    {
      what: 'executions of ssh, 1 × and 10 × the checks',
      figure: `${oneCount} and ${tenCount}`,
      goal: 'the same',
      met: oneCount === tenCount,
    },
  ]
}

async function testinfraRows(lab: Lab): Promise<readonly Row[]> {
  const python = '/usr/bin/python3'
  if (!existsSync('/usr/lib/python3/dist-packages/testinfra') || !existsSync('/usr/lib/python3/dist-packages/xdist')) {
    return [{ what: 'testinfra', figure: 'not installed (Debian: python3-testinfra, python3-pytest-xdist)', goal: '', met: null }]
  }
  const directory = join(lab.directory, 'testinfra')
  const config = persistentConfig(lab)
  const test = `import pytest

@pytest.mark.parametrize("n", range(${routes}))
def test_route(host, n):
    out = host.check_output("ip route show 10.0.%s.0/24", str(n))
    assert "via 203.0.113.254" in out

def test_listener(host):
    assert host.socket("tcp://0.0.0.0:8080").is_listening

@pytest.mark.parametrize("n", range(${services}))
def test_target(host, n):
    assert host.addr("h%02d" % (n + 1)).port(9001 + n).is_reachable
`
  await lab.sh('ops', `mkdir -p ${directory}`)
  writeFileSync(join(directory, 'test_fleet.py'), test)
  const hostList = names.map((name) => `ssh://${name}`).join(',')
  const argv = inside(lab, [
    'sh',
    '-c',
    `cd ${directory} && ${python} -m pytest -q -p no:cacheprovider -n 8 --ssh-config=${config} --hosts='${hostList}' test_fleet.py`,
  ])
  const closeAll = (): void => {
    for (const name of names) measure(inside(lab, ['ssh', '-F', config, '-O', 'exit', name]), { runs: 1 })
  }
  closeAll()
  const theirsCold = measure(argv, { runs: 1 })
  if (theirsCold.exitCode !== 0) throw new Error(`testinfra failed:\n${theirsCold.stdout.slice(-2_000)}`)
  const theirsWarm = measure(argv, { runs: 1 })
  const runbook = writeRunbook(lab, 1)
  const warm = lab.inventory({ transport: 'ssh', extra: Object.fromEntries(names.map((name) => [name, { 'ssh-args': ['-F', config] }])) })
  const oursWarm = measure(netproof(lab, runbook, warm), { runs: 3 })
  closeAll()
  const oursCold = measure(netproof(lab, runbook, lab.inventory({ transport: 'ssh' })), { runs: 3 })
  return [
    atLeast(
      'faster than testinfra with xdist, cold',
      theirsCold.wall / oursCold.wall,
      6,
      `${seconds(theirsCold.wall)} / ${seconds(oursCold.wall)}`,
    ),
    atLeast(
      'faster than testinfra with xdist, warm',
      theirsWarm.wall / oursWarm.wall,
      12,
      `${seconds(theirsWarm.wall)} / ${seconds(oursWarm.wall)}`,
    ),
  ]
}

function expectSuccess(exitCode: number | null, what: string): void {
  if (exitCode !== 0) throw new Error(`${what} ended with exit code ${exitCode}: a figure of a failed run says nothing`)
}
