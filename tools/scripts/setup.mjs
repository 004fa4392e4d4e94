// Installs what this repository's tests and benchmarks need beyond npm.
//
//   node tools/scripts/setup.mjs           installs what is missing (root on Debian or Ubuntu), or prints the command
//   node tools/scripts/setup.mjs --check   only looks; exit 1 when something is missing
//
// Quick when everything is there: it looks along PATH and starts nothing.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** `commands`: any one of them is enough. `module`: of Debian's own Python, looked for on Debian alone. */
const TOOLS = [
  { commands: ['git'], debian: 'git', for: 'change detection, scratch workspaces' },
  { commands: ['script'], debian: 'bsdutils', for: 'tests that need a pseudo-terminal' },
  {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    debian: 'chromium',
    for: 'tests of the HTML report in a real browser',
  },
  { commands: ['hyperfine'], debian: 'hyperfine', for: 'benchmarks of whole commands' },
  { commands: ['go'], debian: 'golang-go', for: 'tests of the go runner' },
  { commands: ['cargo'], debian: 'cargo', for: 'tests of the cargo runner' },
  { commands: ['python3'], debian: 'python3', for: 'tests of the pytest runner' },
  { commands: ['pytest'], debian: 'python3-pytest', for: 'tests of the pytest runner' },
  { module: 'xdist', debian: 'python3-pytest-xdist', for: 'tests of the pytest runner with plugins' },
  { module: 'pytest_rerunfailures.py', debian: 'python3-pytest-rerunfailures', for: 'the same' },
  { module: 'pytest_subtests.py', debian: 'python3-pytest-subtests', for: 'the same' },
  { module: 'pytest_cov', debian: 'python3-pytest-cov', for: 'the same' },
]
const DEBIAN_MODULES = '/usr/lib/python3/dist-packages'
const isDebian = existsSync('/etc/debian_version')

const missing = TOOLS.filter((tool) => !isThere(tool))
if (missing.length === 0) process.exit(0)

for (const { debian, for: purpose } of missing) console.error(`missing: ${debian} (${purpose})`)
const packages = missing.map(({ debian }) => debian)
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
const still = missing.filter((tool) => !isThere(tool))
if (still.length > 0) {
  console.error(`still missing after the installation: ${still.map(({ debian }) => debian).join(', ')}`)
  process.exit(1)
}

function apt(...args) {
  console.log(`apt-get ${args.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  // An index that can't be refreshed may still hold what is needed; an installation has to work.
  if (status !== 0 && args[0] === 'install') process.exit(status ?? 1)
}

function isThere({ commands, module }) {
  if (commands) return commands.some(onPath)
  return !isDebian || existsSync(join(DEBIAN_MODULES, module))
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
