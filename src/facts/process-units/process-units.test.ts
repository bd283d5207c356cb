import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type ProcessUnit, processUnits } from './index.js'

const source = processUnits.sources.linux?.[0]
const read = (stdout: string, pids: readonly number[] = [7]): readonly ProcessUnit[] | undefined =>
  source?.parse({ exitCode: 0, stdout, stderr: '' }, [{ pids }])[0]

const id = '0123456789abcdef'.repeat(4)
const version1 = (path: string): string => `7 9:pids:${path}\n7 2:cpu,cpuacct:${path}\n7 1:name=systemd:${path}\n7 0::/`

describe('process-units', () => {
  it.each<[lines: string, unit: string | null, container: string | null]>([
    ['7 0::/system.slice/nginx.service', 'nginx.service', null],
    [version1('/system.slice/sshd.service'), 'sshd.service', null],
    ['7 0::/init.scope', 'init.scope', null],
    ['7 0::/user.slice/user-1000.slice/session-3.scope', 'session-3.scope', null],
    ['7 0::/user.slice/user-1000.slice/user@1000.service/app.slice/sync.service', 'sync.service', null],
    [String.raw`7 0::/system.slice/system-openvpn.slice/openvpn\x2dserver@a.service`, 'openvpn-server@a.service', null],
    ['7 0::/system.slice/postgresql.service/child', 'postgresql.service', null],
    [`7 0::/system.slice/docker-${id}.scope`, `docker-${id}.scope`, 'docker 0123456789ab'],
    [version1(`/docker/${id}`), null, 'docker 0123456789ab'],
    [`7 0::/machine.slice/libpod-${id}.scope/container`, `libpod-${id}.scope`, 'podman 0123456789ab'],
    [
      `7 0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod5f1c0a9e_3f6b_4c1e_9d0b_1a2b3c4d5e6f.slice/cri-containerd-${id}.scope`,
      `cri-containerd-${id}.scope`,
      'kubernetes pod 5f1c0a9e-3f6b-4c1e-9d0b-1a2b3c4d5e6f',
    ],
    [
      version1(`/kubepods/besteffort/pod5f1c0a9e-3f6b-4c1e-9d0b-1a2b3c4d5e6f/${id}`),
      null,
      'kubernetes pod 5f1c0a9e-3f6b-4c1e-9d0b-1a2b3c4d5e6f',
    ],
    ['7 0::/lxc.payload.web/system.slice/nginx.service', 'nginx.service', 'lxc web'],
    [String.raw`7 0::/machine.slice/machine-old\x2dweb.scope`, 'machine-old-web.scope', 'machine old-web'],
    ['7 0::/openrc.sshd', 'sshd (OpenRC)', null],
    ['7 1:name=openrc:/sshd\n7 0::/', 'sshd (OpenRC)', null],
    ['7 0::/', null, null],
    ['8 0::/system.slice/nginx.service', null, null],
  ])('%s', (lines, unit, container) => {
    expect(read(`${lines}\nend\n`)).toEqual([{ pid: 7, unit, container }])
  })

  it('knows nothing of a process that has ended, and says so of each that was asked for', () => {
    expect(read('end\n', [7, 9])).toEqual([
      { pid: 7, unit: null, container: null },
      { pid: 9, unit: null, container: null },
    ])
  })

  it.each(['', 'sh: not found', '7 0::/system.slice/nginx.service\n'])('refuses %j', (stdout) => {
    expect(() => read(stdout)).toThrow(NotUnderstood)
  })

  it('understands or refuses any output', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, ends) => {
        try {
          return processUnits.isValue(read(ends ? `7 0::${text}\nend` : text))
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })

  it('asks for each process once', () => {
    expect(source?.command([{ pids: [7, 9] }, { pids: [9] }]).args.slice(2)).toEqual(['process-units', '7', '9'])
  })

  it.runIf(process.platform === 'linux')('runs on this machine', () => {
    const pids = [process.pid, 4_194_305]
    const { tool, args } = source?.command([{ pids }]) ?? { tool: ['false'], args: [] }
    const stdout = execFileSync(tool[0], [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    expect(stdout).toContain(`${process.pid} `)
    expect(read(stdout, pids)?.map(({ pid }) => pid)).toEqual(pids)
  })
})
