import type { CaseError, CaseStatus, TestCase } from '@muster/model'
import { numberField, objectField, textField, type JsonObject } from '../json/fields.ts'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'
import { type PathBase, workspacePath } from '../workspace-path.ts'

const STATUSES: Readonly<Record<string, CaseStatus>> = {
  passed: 'passed',
  failed: 'failed',
  error: 'failed',
  skipped: 'skipped',
  // Expected to fail: it did, or (unless strict) it didn't.
  xfailed: 'skipped',
  xpassed: 'passed',
}

const STAGES = ['setup', 'call', 'teardown'] as const

export function pytestCase(value: JsonObject, base: PathBase): TestCase | undefined {
  const outcome = textField(value, 'outcome') ?? ''
  const status = Object.hasOwn(STATUSES, outcome) ? STATUSES[outcome] : undefined
  if (status === undefined) return undefined
  const stages = STAGES.map((name) => objectField(value, name)).filter((stage) => stage !== undefined)
  const broken = stages.find((stage) => ['failed', 'error'].includes(textField(stage, 'outcome') ?? ''))
  const telling = broken ?? stages.find((stage) => textField(stage, 'longrepr') !== undefined)
  const seconds = stages.reduce((sum, stage) => sum + (numberField(stage, 'duration') ?? 0), 0)
  const output = (key: string): string => stages.map((stage) => textField(stage, key) ?? '').join('')
  return makeCase({
    ...placeOf(value, base),
    status,
    durationMs: Math.round(seconds * 1e6) / 1000,
    skipReason: outcome === 'xfailed' ? 'expected failure' : skipReason(textField(telling, 'longrepr')),
    error: status === 'failed' ? stageError(telling) : undefined,
    errored: outcome === 'error',
    stdout: output('stdout'),
    stderr: output('stderr'),
  })
}

/** A module that could not be imported, say: its tests are unknown. */
export const pytestCollectionError = (value: JsonObject, base: PathBase): TestCase => {
  const { path, file } = placeOf(value, base)
  return makeCase({
    path: [...path.slice(0, -1), `${path.at(-1) ?? ''} (could not be collected)`.trimStart()],
    file,
    status: 'failed',
    error: stageError(value),
    errored: true,
  })
}

/** `tests/test_cart.py::TestTotals::test_adds[1-2]`; brackets may hold anything. */
function placeOf(value: JsonObject, base: PathBase): { path: string[]; file: string | undefined } {
  const nodeid = textField(value, 'nodeid') ?? ''
  const bracket = nodeid.indexOf('[')
  const plain = bracket === -1 ? nodeid : nodeid.slice(0, bracket)
  const [file = '', ...titles] = plain.split('::')
  const last = titles.length - 1
  if (bracket !== -1 && last >= 0) titles[last] = `${titles[last]}${nodeid.slice(bracket)}`
  return {
    path: titles.length === 0 ? [nodeid] : titles,
    file: file === '' ? undefined : workspacePath(file, base),
  }
}

/** `('/path/test_cart.py', 12, 'Skipped: needs a database')`, as Python prints a tuple. */
function skipReason(longrepr: string | undefined): string | undefined {
  if (longrepr === undefined) return undefined
  return /^\(.*?, \d+, (['"])(?:Skipped: )?([\s\S]*)\1\)$/.exec(longrepr)?.[2] ?? longrepr
}

const stageError = (stage: JsonObject | undefined): CaseError =>
  makeError({
    message: textField(objectField(stage, 'crash'), 'message') ?? lastError(textField(stage, 'longrepr')),
    stack: textField(stage, 'longrepr'),
  })

/** Pytest marks lines of the error itself with an E. */
const lastError = (longrepr: string | undefined): string | undefined =>
  longrepr
    ?.split('\n')
    .findLast((line) => /^E {3}\S/.test(line))
    ?.slice(1)
    .trim()
