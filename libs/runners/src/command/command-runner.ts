import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { err, ok, type RunnerSpec } from '@muster/model'
import { shellWord } from '../shell-word.ts'
import type { Runner } from '../runner.ts'

type CommandSpec = Extract<RunnerSpec, { name: 'command' }>

/** Raised when the same output of a command would be read as another verdict. */
const READING_VERSION = '1'

const RUNS_WHOLE = "runs whole: a command can't run single test cases"

/** Any shell command, run in the suite's folder; its results come from its exit code, its output or its files. */
export const commandRunner: Runner = {
  name: 'command',

  version: () => Promise.resolve(ok(READING_VERSION)),

  prepare: (suite, { root }, part) => {
    const { command, results } = suite.runner as CommandSpec
    const cwd = resolve(root, suite.dir)
    if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
      const message = `The folder of suite ${suite.id} is gone: ${cwd}.`
      return Promise.resolve(
        err({ type: 'environment', message, fix: `Restore it, or delete ${suite.source}.` }),
      )
    }
    const reproduce = suite.dir === '.' ? command : `(cd ${shellWord(suite.dir)} && ${command})`
    return Promise.resolve(
      ok({
        type: 'command',
        cwd,
        command,
        results,
        reproduce,
        ...(part?.cases !== undefined && { notes: [RUNS_WHOLE] }),
      }),
    )
  },
}
