// Independent check that Muster's counts are mocha's counts.
//
//   node tools/scripts/count-check.mjs [run.json] [--skip kind]… [--run kind|name]…
//
// Finds every suite.json with a mocha runner in this repository, starts mocha's own command line on the same files
// (one process a suite, two at a time), and compares with what Muster recorded. Mocha only lists the tests (--dry-run),
// which shows that no file and no test was lost: then their number is compared. Suites under --run, by kind or name,
// are run by mocha, too, and passes, failures and pending are compared: a second run of everything would take as long
// as the first, and shows nothing that a few suites of different nature don't; what mocha says of each kind of ending
// is what the oracle of mocha's fixtures (libs/runners) is for.
// Uses nothing of Muster but the documented shapes of suite.json and run.json.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { readJson, ROOT } from './lib/workspace.mjs'

const PARALLEL = 2
const DEFAULT_INCLUDE = ['**/*.{test,spec}.{js,cjs,mjs,ts,cts,mts}']
const LIMIT_MS = 15 * 60_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    skip: { type: 'string', multiple: true, default: [] },
    run: { type: 'string', multiple: true, default: [] },
  },
})
const recordPath = positionals[0] ?? join(ROOT, 'reports/latest/run.json')
const recorded = new Map(readJson(recordPath).suites.map((suite) => [suite.name, suite]))
const declared = findSuites().filter(({ kind }) => !values.skip.includes(kind))
for (const each of values.run) {
  if (!declared.some(({ kind, name }) => each === kind || each === name))
    throw new Error(`--run ${each}: no such suite`)
}
const scratch = mkdtempSync(join(tmpdir(), 'count-check-'))

let rows
try {
  rows = await mapBounded(declared, checkSuite)
  // Two heavy suites side by side can time a test out; what differs gets a second chance, alone.
  for (const [index, row] of rows.entries()) {
    if (row.problem && recorded.has(row.name)) rows[index] = await checkSuite(declared[index])
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
const names = new Set(declared.map(({ name }) => name))
for (const [name, suite] of recorded) {
  const isCounted = !names.has(name) && !values.skip.includes(suite.kind) && !isCommand(name)
  if (isCounted)
    rows.push({ name, muster: fromMuster(suite), problem: 'recorded, but no suite.json has this name' })
}

printTable(rows)
const bad = rows.filter(({ problem }) => problem)
const left =
  (values.skip.length > 0 ? `, without ${values.skip.join(', ')}` : '') +
  (values.run.length > 0 ? `; really run: ${values.run.join(', ')}` : '')
console.log(`\n${rows.length - bad.length} of ${rows.length} suites agree with mocha${left}`)
for (const { name, problem } of bad) console.log(`  ${name}: ${problem}`)
process.exitCode = bad.length > 0 || rows.length === 0 ? 1 : 0

/** Files that git knows or would add; suites of fixtures aren't ours. */
function suiteFiles() {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '*suite.json'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  )
  return listed.split('\0').filter((path) => /(^|\/)suite\.json$/.test(path) && !path.includes('/fixtures/'))
}

function findSuites() {
  return suiteFiles()
    .map(readSuite)
    .filter(({ runner }) => runner.name === 'mocha')
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** With `"runner": "mocha"`, short for `{"name": "mocha"}` and the default, written out. */
function readSuite(path) {
  const suite = readJson(join(ROOT, path))
  const { runner = 'mocha' } = suite
  const long = typeof runner === 'object' ? runner : { name: runner }
  return Object.assign(suite, { dir: join(ROOT, dirname(path)), runner: long })
}

function isCommand(name) {
  return suiteFiles()
    .map(readSuite)
    .some((suite) => suite.name === name && suite.runner.name === 'command')
}

async function checkSuite(suite) {
  const { name } = suite
  const mocha = await runMocha(suite)
  const record = recorded.get(name)
  if (mocha.problem) return { name, problem: mocha.problem, muster: record && fromMuster(record) }
  if (!record) return { name, mocha, problem: 'not in run.json' }
  const muster = fromMuster(record)
  const differs = isRun(suite)
    ? ['passed', 'failed', 'skipped'].filter((key) => mocha[key] !== muster[key])
    : ['tests'].filter(() => testsOf(mocha) !== testsOf(muster))
  return {
    name,
    mocha,
    muster,
    ...(differs.length > 0 && { problem: `${differs.join(', ')} differ${differs.length === 1 ? 's' : ''}` }),
  }
}

function isRun({ kind, name }) {
  return values.run.includes(kind) || values.run.includes(name)
}

function testsOf({ passed, failed, skipped }) {
  return passed + failed + skipped
}

async function runMocha(suite) {
  const { name, dir, runner, include = DEFAULT_INCLUDE, exclude = [], setUp, tearDown } = suite
  const output = join(scratch, `${name.replaceAll('/', '__')}.json`)
  const args = [
    ...(isRun(suite) ? [] : ['--dry-run']),
    ...(runner.config ? ['--config', runner.config] : []),
    ...Object.entries(runner.options ?? {}).flatMap(([key, value]) => flag(key, value)),
    ...['**/node_modules/**', ...exclude].flatMap((glob) => ['--ignore', glob]),
    '--reporter=json',
    `--reporter-option=output=${output}`,
    ...include,
  ]
  try {
    if (setUp) await run('sh', ['-c', setUp], dir)
    const { code, tail } = await run(
      process.execPath,
      [join(ROOT, 'node_modules/mocha/bin/mocha.js'), ...args],
      dir,
    )
    const stats = parseStats(output)
    if (!stats) return { problem: `mocha ended with ${code} and no results: ${tail}` }
    return { passed: stats.passes, failed: stats.failures, skipped: stats.pending }
  } finally {
    if (tearDown) await run('sh', ['-c', tearDown], dir)
  }
}

function flag(key, value) {
  if (value === true) return [`--${key}`]
  if (value === false) return [`--no-${key}`]
  return [value].flat().flatMap((each) => [`--${key}`, String(each)])
}

function parseStats(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).stats
  } catch {
    return undefined
  }
}

/** Resolves with the exit code and the last line of output; kills the whole group at the limit. */
function run(file, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => (text = (text + chunk).slice(-4000)))
    }
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), LIMIT_MS)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: code ?? signal, tail: text.trim().split('\n').at(-1) ?? '' })
    })
  })
}

async function mapBounded(items, work) {
  const results = []
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
  return results
}

function fromMuster({ passed, failed, skipped }) {
  return { passed, failed, skipped }
}

function printTable(all) {
  const cells = all.map(({ name, mocha, muster, problem }) => [
    name,
    show(mocha),
    show(muster),
    problem ? 'DIFFERS' : 'same',
  ])
  const total = (side) =>
    show(all.reduce((sum, row) => add(sum, row[side]), { passed: 0, failed: 0, skipped: 0 }))
  const table = [['suite', 'mocha', 'muster', ''], ...cells, ['total', total('mocha'), total('muster'), '']]
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)))
  console.log(`passed/failed/skipped, ${relative(process.cwd(), recordPath)} against mocha`)
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

function show(counts) {
  return counts ? `${counts.passed}/${counts.failed}/${counts.skipped}` : '-'
}

function add(sum, counts) {
  if (!counts) return sum
  return {
    passed: sum.passed + counts.passed,
    failed: sum.failed + counts.failed,
    skipped: sum.skipped + counts.skipped,
  }
}
