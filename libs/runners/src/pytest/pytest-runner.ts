import { join, relative } from 'node:path'
import { err, ok, type Suite, type UnitPart } from '@muster/model'
import type { SplittingRunner } from '../lazy-runner.ts'
import type { InProcessProgram, RunnerContext } from '../runner.ts'
import { runForOutput } from '../tool/run-for-output.ts'
import { toolProgram } from '../tool/tool-program.ts'
import { workspacePath } from '../workspace-path.ts'
import { findPython } from './find-python.ts'
import { listFiles } from './list-files.ts'
import { pluginPath } from './plugin-folder.ts'
import { filesOfPart, includedFiles, nodeId, ownArguments } from './pytest-arguments.ts'

const WITHIN_MS = 60_000
const ASK = 'import platform, pytest; print(pytest.__version__, platform.python_version())'

/** Runs a suite with the pytest of its Python, which our plugin makes tell of each test case. */
export const pytestRunner: SplittingRunner = {
  name: 'pytest',

  version: async (suite, { root, env }) => {
    const cwd = join(root, suite.dir)
    const {
      argv: [program, ...first],
      typed,
    } = findPython(cwd, root, env)
    const asked = await runForOutput(program, [...first, '-c', ASK], { cwd, env, timeoutMs: WITHIN_MS })
    if (!asked.ok) {
      const reason = asked.error.split('\n').at(-1) ?? asked.error
      return err({
        type: 'environment',
        message: `pytest can't be loaded by ${typed.join(' ')}: ${reason}`,
        fix: `Install it there (${typed.join(' ')} -m pip install pytest), or name another Python in PYTHON.`,
      })
    }
    const [pytest, python] = asked.value.trim().split(' ')
    return ok(`${pytest} (Python ${python})`)
  },

  files: async (suite, context) => {
    const included = await includedFiles(suite, context.root)
    if (!included.ok) return included
    if (included.value === undefined) return listFiles(suite, context)
    return ok(included.value.map((file) => workspacePath(context.root, file)))
  },

  prepare: async (suite, context, part = {}) => {
    const ofPart = filesOfPart(part, context.root)
    if (ofPart) return ok(unitProgram(suite, context, part, ofPart))
    const included = await includedFiles(suite, context.root)
    return included.ok ? ok(unitProgram(suite, context, part, included.value ?? [])) : included
  },
}

/** @param files absolute; none: whatever pytest finds */
function unitProgram(
  suite: Suite,
  context: RunnerContext,
  { cases }: UnitPart,
  files: readonly string[],
): InProcessProgram {
  const { root, env, coverageDir } = context
  const cwd = join(root, suite.dir)
  const python = findPython(cwd, root, env)
  const own = ownArguments(suite, root)
  const names = files.map((file) => relative(cwd, file))
  const tests = cases?.map((each) => nodeId(suite.dir, each)) ?? names
  return toolProgram(
    suite,
    context,
    {
      name: 'pytest',
      argv: [...python.argv, '-m', 'muster_pytest', ...own, ...names],
      env: pluginPath(env['PYTHONPATH']),
      reporter: {
        root,
        ...(cases && { cases }),
        ...(coverageDir !== undefined && { coverage: coverageDir }),
      },
    },
    [...python.typed, '-m', 'pytest', ...own, ...tests],
  )
}
