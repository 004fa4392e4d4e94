// Installs what this repository's tests and benchmarks need beyond npm.
//
//   node tools/scripts/setup.mjs           installs what is missing (root on Debian or Ubuntu), or prints the command
//   node tools/scripts/setup.mjs --check   only looks; exit 1 when something is missing
//
// Quick when everything is there: it looks along PATH and starts nothing.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** `commands`: any one of them is enough. */
const TOOLS = [
  { commands: ['git'], debian: 'git', for: 'change detection, scratch workspaces' },
  { commands: ['script'], debian: 'bsdutils', for: 'tests that need a pseudo-terminal' },
  {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    debian: 'chromium',
    for: 'tests of the HTML report in a real browser',
  },
  { commands: ['hyperfine'], debian: 'hyperfine', for: 'benchmarks of whole commands' },
]

const missing = TOOLS.filter(({ commands }) => !commands.some(onPath))
if (missing.length === 0) process.exit(0)

for (const { commands, for: purpose } of missing) console.error(`missing: ${commands[0]} (${purpose})`)
const packages = missing.map(({ debian }) => debian)
const isDebian = existsSync('/etc/debian_version')
const isRoot = process.getuid?.() === 0

if (process.argv.includes('--check')) {
  console.error('run `npm run setup`')
  process.exit(1)
}
if (!isDebian || !isRoot) {
  console.error(
    isDebian
      ? `run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
      : `install these with your system's package manager (Debian names: ${packages.join(' ')})`,
  )
  process.exit(1)
}
apt('update', '--quiet')
apt('install', '--yes', '--quiet', '--no-install-recommends', ...packages)
const still = missing.filter(({ commands }) => !commands.some(onPath))
if (still.length > 0) {
  console.error(
    `still missing after the installation: ${still.map(({ commands }) => commands[0]).join(', ')}`,
  )
  process.exit(1)
}

function apt(...args) {
  console.log(`apt-get ${args.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  // An index that can't be refreshed may still hold what is needed; an installation has to work.
  if (status !== 0 && args[0] === 'install') process.exit(status ?? 1)
}

function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
