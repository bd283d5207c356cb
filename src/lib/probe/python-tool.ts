import type { Command } from '../../model/fact.js'

/** Where Python is, the best first. RHEL 8 has `platform-python` always, and `python3` only where somebody installed it. */
export const pythonTool: Command['tool'] = ['python3', '/usr/libexec/platform-python', 'python2', 'python']
