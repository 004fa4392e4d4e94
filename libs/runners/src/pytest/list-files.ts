import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { err, ok, type Result, type Suite } from '@muster/model'
import type { PrepareProblem, RunnerContext, UnitMessage } from '../runner.ts'
import { runForOutput } from '../tool/run-for-output.ts'
import { FEED, TOLD } from '../tool/tool-input.ts'
import { findPython } from './find-python.ts'
import { pluginPath } from './plugin-folder.ts'
import { ownArguments } from './pytest-arguments.ts'

/** Collecting imports every test module. */
const WITHIN_MS = 120_000

type Told =
  | { readonly type: 'files'; readonly files: readonly string[] }
  | Extract<UnitMessage, { type: 'error' }>

/** The test files that pytest collects, workspace-relative, in its order; also those that don't load. */
export async function listFiles(
  suite: Suite,
  { root, env }: RunnerContext,
): Promise<Result<readonly string[], PrepareProblem>> {
  const cwd = join(root, suite.dir)
  const {
    argv: [program, ...first],
  } = findPython(cwd, root, env)
  const temporary = await mkdtemp(join(tmpdir(), 'muster-pytest-'))
  try {
    const feed = join(temporary, 'messages.ndjson')
    await writeFile(feed, '')
    await writeFile(feed + TOLD, JSON.stringify({ root, list: true }))
    const args = [...first, '-m', 'muster_pytest', '--collect-only', '-q', ...ownArguments(suite, root)]
    const ran = await runForOutput(program, args, {
      cwd,
      env: { ...env, ...pluginPath(env['PYTHONPATH']), [FEED]: feed },
      timeoutMs: WITHIN_MS,
    })
    const lines = (await readFile(feed, 'utf8')).split('\n').filter(Boolean)
    const told = lines.map((line) => JSON.parse(line) as Told)
    // It exits badly when a file doesn't load, too.
    const list = told.find((message) => message.type === 'files')
    if (list) return ok(list.files)
    const problem = told.find((message) => message.type === 'error')?.message
    return err({
      type: 'environment',
      message: `pytest can't collect its tests: ${problem ?? (ran.ok ? 'it told nothing' : ran.error)}`,
      fix: `Make this work: (cd ${suite.dir} && python3 -m pytest --collect-only)`,
    })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
