import { version } from './version.js'

// Answered before anything else is loaded: scripts ask for it often.
if (['--version', '-V'].includes(process.argv[2] ?? '') && process.argv.length === 3) process.stdout.write(`${version}\n`)
else {
  const { main } = await import('./cli/main.js')
  process.exitCode = await main(process.argv)
}
