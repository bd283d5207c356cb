import { describe, expect, test } from 'vitest'
import { classify, lastWords } from './classify.js'
import type { Destination } from './destination.js'

const destination: Destination = { name: 'db1', target: '10.20.0.5', words: [], user: 'ops', identityFile: null, port: null }

// Logs of OpenSSH 9.2 (Debian 12) with -E and LogLevel=ERROR, unless said otherwise.
describe('classify', () => {
  test.each([
    ['ssh: connect to host 10.20.0.5 port 22: No route to host\r\n', 'unreachable', 'ssh: connect to 10.20.0.5 port 22: No route to host'],
    [
      'ssh: connect to host 10.20.0.5 port 22: Connection timed out\r\n',
      'unreachable',
      'ssh: connect to 10.20.0.5 port 22: Connection timed out',
    ],
    [
      'ssh: Could not resolve hostname no-such.invalid: Name or service not known\r\n',
      'unreachable',
      'ssh: Could not resolve hostname no-such.invalid: Name or service not known',
    ],
    [
      'Connection timed out during banner exchange\r\n',
      'timeout',
      'ssh: 10.20.0.5 takes the connection but says nothing: Connection timed out during banner exchange',
    ],
    [
      'ops@10.20.0.5: Permission denied (publickey,keyboard-interactive).\r\n',
      'login-refused',
      'ssh: ops@10.20.0.5: login refused with the keys of the agent and of ~/.ssh; it takes publickey,keyboard-interactive. netproof types no passwords: check the user, and authorized_keys on the host',
    ],
    [
      // LogLevel=VERBOSE
      'Received disconnect from 10.20.0.5 port 22:2: Too many authentication failures\r\nDisconnected from 10.20.0.5 port 22\r\n',
      'login-refused',
      'ssh: ops@10.20.0.5 refused the login after too many keys; name the right one as identityFile (tried: the keys of the agent and of ~/.ssh)',
    ],
    [
      'Host key verification failed.\r\n',
      'host-key',
      "ssh: the host key of 10.20.0.5 is not in known_hosts. Compare its fingerprint (ssh-keyscan 10.20.0.5 | ssh-keygen -lf -) with the host's own, then log in once by hand: ssh 10.20.0.5",
    ],
    [
      // Standard error, before there is a log.
      'command-line: line 0: Bad configuration option: foo\r\n',
      'transport',
      'ssh: command-line: line 0: Bad configuration option: foo',
    ],
    [
      'Unable to negotiate with 10.20.0.5 port 22: no matching host key type found. Their offer: ssh-rsa\r\n',
      'transport',
      'ssh: Unable to negotiate with 10.20.0.5 port 22: no matching host key type found. Their offer: ssh-rsa',
    ],
    ['something \x1b[31mnew\r\n', 'transport', 'ssh: something new; to see more: ssh -v 10.20.0.5'],
  ] as const)('%j', (log, reason, message) => {
    expect(classify(log, destination)).toEqual({ reason, message, dropped: false })
  })

  test.each([
    ['kex_exchange_identification: Connection closed by remote host\r\n', 'ssh: before login: Connection closed by remote host'],
    ['kex_exchange_identification: read: Connection reset by peer\r\n', 'ssh: before login: Connection reset by peer'],
    ['Connection closed by 10.20.0.5 port 22\r\n', 'ssh: Connection closed by 10.20.0.5 port 22'],
  ])('a dropped handshake is worth another try: %j', (log, message) => {
    expect(classify(log, destination)).toEqual({ reason: 'connection-lost', message, dropped: true })
  })

  test('a refused login is no dropped handshake, though the connection closes after it', () => {
    const log = 'ops@10.20.0.5: Permission denied (publickey).\r\nConnection closed by 10.20.0.5 port 22\r\n'
    expect(classify(log, destination)).toMatchObject({ reason: 'login-refused', dropped: false })
  })

  test('silence is worth another try', () => {
    expect(classify('', destination)).toEqual({
      reason: 'transport',
      message: 'ssh: ended without a word before login; to see more: ssh -v 10.20.0.5',
      dropped: true,
    })
  })
})

test('the last words leave out chatter', () => {
  const log =
    'Timeout, server 10.20.0.5 not responding.\r\nTransferred: sent 3472, received 3304 bytes, in 0.2 seconds\r\ndebug1: Exit status -1\r\n'
  expect(lastWords(log)).toBe('Timeout, server 10.20.0.5 not responding.')
})
