import assert from 'node:assert/strict'
import { join, relative, sep } from 'node:path'
import { countCases, type Outcome, type Suite, type UnitPart } from '@muster/model'
import { judgeInProcess } from '../../src/index.ts'
import { suiteAt } from '../support/fixtures.ts'
import { runProgram, type UnitRun } from '../support/run-program.ts'
import type { ToolContract } from './contract.ts'

export const suiteOf = (
  { fixtures, spec, context }: ToolContract,
  scenario: string,
  rest: Partial<Suite> = {},
): Suite =>
  suiteAt(relative(context.root, join(fixtures, scenario)).split(sep).join('/'), spec, {
    include: [],
    ...rest,
  })

const NOTHING: UnitRun = { cases: [], ends: [], errors: [], exit: { code: 0, signal: null }, stderr: '' }

/** A suite without files has no unit: it is one that ran nothing. */
export async function runUnitOf(contract: ToolContract, suite: Suite, part?: UnitPart): Promise<UnitRun> {
  const prepared = await contract.runner.prepare(suite, contract.context, part)
  if (!prepared.ok) {
    assert.equal(prepared.error.type, 'no-files', prepared.error.message)
    return { ...NOTHING, closing: { type: 'end', counts: { passed: 0, failed: 0, skipped: 0 } } }
  }
  assert.ok(prepared.value.type === 'in-process', 'a program for a worker')
  return runProgram(prepared.value, contract.env === undefined ? {} : { env: contract.env })
}

export const outcomeOf = ({ cases, closing, errors, exit }: UnitRun): Outcome =>
  judgeInProcess({
    messages: {
      cases: countCases(cases),
      ...(closing && { end: closing.counts }),
      ...(closing?.missing !== undefined && { missing: closing.missing }),
      ...(errors[0] && { error: errors[0] }),
    },
    exit,
    suite: { allowNoTests: false },
  })
