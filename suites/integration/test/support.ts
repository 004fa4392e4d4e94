import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { RunEvent, RunRecord, SuiteRecord } from '@muster/model'
import { createScratchWorkspace, until, type ScratchWorkspace } from '@muster/testkit'

/** Files of one mocha suite in `suites/<name>`, with as many passing and failing tests as asked for. */
export function mochaSuite(
  name: string,
  { pass = 1, fail = 0, declare = {} }: { pass?: number; fail?: number; declare?: object } = {},
): Record<string, string> {
  const tests = [
    ...Array.from({ length: pass }, (_, n) => `  it('passes ${n}', () => assert.equal(1 + 1, 2))`),
    ...Array.from({ length: fail }, (_, n) => `  it('fails ${n}', () => assert.equal(1 + 1, 3))`),
  ]
  return {
    [`suites/${name}/suite.json`]: JSON.stringify({ name, kind: 'unit', runner: 'mocha', ...declare }),
    [`suites/${name}/${name}.spec.js`]: `import assert from 'node:assert/strict'\ndescribe('${name}', () => {\n${tests.join('\n')}\n})\n`,
  }
}

/** Files of one suite that runs a shell command. */
export function commandSuite(name: string, command: string, declare: object = {}): Record<string, string> {
  const runner = { name: 'command', command }
  return { [`suites/${name}/suite.json`]: JSON.stringify({ name, kind: 'unit', runner, ...declare }) }
}

/** Files of one mocha suite with several test files, each with its own text; see TRACING for what they can say. */
export const splitSuite = (
  name: string,
  specs: Readonly<Record<string, string>>,
  declare: object = {},
): Record<string, string> => ({
  [`suites/${name}/suite.json`]: JSON.stringify({ name, kind: 'unit', runner: 'mocha', ...declare }),
  ...Object.fromEntries(
    Object.entries(specs).map(([spec, text]) => [`suites/${name}/${spec}.spec.js`, `${TRACING}${text}\n`]),
  ),
})

/** Lets a spec leave word. The folder is ignored by git: neither an input of the suite nor a stray write. */
const TRACING = `import assert from 'node:assert/strict'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
const place = (name) => new URL('../../dist/' + name, import.meta.url)
const trace = (words) => appendFileSync(place('trace'), words + '\\n')
const traced = () => readFileSync(place('trace'), 'utf8').split('\\n')
`

/** The same for a shell command. */
export const traceCommand = (words: string): string => `echo ${words} >> ../../dist/trace`

/** What was said since the last look. */
export async function takeTrace(workspace: ScratchWorkspace): Promise<string[]> {
  const lines = (await workspace.read('dist/trace')).split('\n').filter(Boolean)
  await workspace.write('dist/trace', '')
  return lines
}

/** Nothing that was started from the workspace lives on. */
export const nobodyLeft = (workspace: ScratchWorkspace): Promise<unknown> =>
  until(async () => (await workspace.processes()).length === 0, {
    what: 'every process to end',
    timeoutMs: 20_000,
  })

/** A worker process for each plugin costs a second a command; suites/e2e has them. */
const FAST_NX = { NX_ISOLATE_PLUGINS: 'false' }

export async function withWorkspace(
  files: Record<string, string>,
  use: (workspace: ScratchWorkspace) => Promise<void>,
  nxJson: Record<string, unknown> = {},
): Promise<void> {
  const workspace = await createScratchWorkspace({
    files: { 'dist/trace': '', ...files },
    nxJson,
    env: FAST_NX,
  })
  try {
    await use(workspace)
  } finally {
    await workspace.dispose()
  }
}

export const readRecord = (workspace: ScratchWorkspace): Promise<RunRecord> =>
  workspace.readJson('reports/latest/run.json')

export function suiteOf(record: RunRecord, name: string): SuiteRecord {
  const found = record.suites.find((suite) => suite.name === name)
  if (!found)
    throw new Error(
      `the record has no suite ${name}, only ${record.suites.map((suite) => suite.name).join(', ')}`,
    )
  return found
}

/** Each suite's status, in short: what a person would look at. */
export const statuses = (record: RunRecord): Record<string, string> =>
  Object.fromEntries(record.suites.map((suite) => [suite.name, suite.cached ? 'cached' : suite.status]))

/** Run ids, oldest first. */
export function runIds(workspace: ScratchWorkspace): string[] {
  try {
    return readdirSync(workspace.path('.muster/runs')).sort()
  } catch {
    return []
  }
}

/** The events of a run as they are on disk now; a torn last line is left out. */
export function journalOf(workspace: ScratchWorkspace, run: string): RunEvent[] {
  try {
    return readFileSync(path.join(workspace.root, '.muster/runs', run, 'journal.ndjson'), 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          return [JSON.parse(line) as RunEvent]
        } catch {
          return []
        }
      })
  } catch {
    return []
  }
}

/** The process that coordinates the newest run, if it lives. */
export function coordinatorPid(workspace: ScratchWorkspace): number | undefined {
  const run = runIds(workspace).at(-1)
  if (run === undefined) return undefined
  try {
    const { pid } = JSON.parse(readFileSync(workspace.path('.muster/runs', run, 'open'), 'utf8')) as {
      pid: number
    }
    process.kill(pid, 0)
    return pid
  } catch {
    return undefined
  }
}
