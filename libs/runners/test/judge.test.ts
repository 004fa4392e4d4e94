import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { NO_COUNTS, type Counts } from '@muster/model'
import { judgeCommand, judgeInProcess, type CommandEvidence, type InProcessEvidence } from '../src/index.ts'

const counts = (passed: number, failed = 0, skipped = 0): Counts => ({
  ...NO_COUNTS,
  tests: passed + failed + skipped,
  passed,
  failed,
  skipped,
})
const end = (passed: number, failed = 0, skipped = 0) => ({ passed, failed, skipped })
const strict = { allowNoTests: false }
const exited = (code: number) => ({ code, signal: null })
const killed = { code: null, signal: 'SIGSEGV' }
const error = { message: 'boom' }

describe('judgeInProcess', () => {
  const table: [string, InProcessEvidence, string, RegExp?][] = [
    ['all agrees', { messages: { cases: counts(2), end: end(2) }, exit: exited(0), suite: strict }, 'passed'],
    [
      'a reused process',
      { messages: { cases: counts(2), end: end(2) }, exit: null, suite: strict },
      'passed',
    ],
    [
      'only skipped',
      { messages: { cases: counts(0, 0, 1), end: end(0, 0, 1) }, exit: null, suite: strict },
      'passed',
    ],
    [
      'a failure',
      { messages: { cases: counts(1, 1), end: end(1, 1) }, exit: exited(0), suite: strict },
      'failed',
    ],
    [
      'a failure and a fault',
      { messages: { cases: counts(1, 1), end: end(1, 1), error }, exit: exited(0), suite: strict },
      'failed',
    ],
    [
      'no end',
      { messages: { cases: counts(2) }, exit: exited(0), suite: strict },
      'crashed',
      /without a result: exited with code 0/,
    ],
    [
      'no end, an error',
      { messages: { cases: counts(0), error }, exit: exited(0), suite: strict },
      'crashed',
      /boom/,
    ],
    [
      'lost messages',
      { messages: { cases: counts(9), end: end(12) }, exit: exited(0), suite: strict },
      'crashed',
      /^results are incomplete: runner counted 12, 9 arrived$/,
    ],
    [
      'a late fault',
      { messages: { cases: counts(1), end: end(1), error }, exit: null, suite: strict },
      'crashed',
      /boom/,
    ],
    [
      'a bad exit',
      { messages: { cases: counts(1), end: end(1) }, exit: exited(7), suite: strict },
      'crashed',
      /no test failed, but the process exited with code 7/,
    ],
    [
      'a signal',
      { messages: { cases: counts(1), end: end(1) }, exit: killed, suite: strict },
      'crashed',
      /SIGSEGV/,
    ],
    [
      'nothing ran',
      { messages: { cases: counts(0), end: end(0) }, exit: exited(0), suite: strict },
      'no-tests',
    ],
    [
      'nothing ran, allowed',
      { messages: { cases: counts(0), end: end(0) }, exit: exited(0), suite: { allowNoTests: true } },
      'passed',
    ],
    [
      'nothing of what was asked for, allowed',
      {
        messages: { cases: counts(0), end: end(0), missing: 'a › b is gone' },
        exit: exited(0),
        suite: { allowNoTests: true },
      },
      'no-tests',
      /a › b is gone/,
    ],
    [
      'some of what was asked for',
      { messages: { cases: counts(1), end: end(1), missing: 'a › b is gone' }, exit: null, suite: strict },
      'passed',
    ],
    [
      'the environment',
      {
        messages: { cases: counts(0), error: { message: 'no folder', environment: true } },
        exit: exited(0),
        suite: strict,
      },
      'environment-error',
    ],
  ]
  for (const [name, evidence, status, message] of table) {
    it(`${name}: ${status}`, () => {
      const outcome = judgeInProcess(evidence)
      assert.equal(outcome.status, status)
      if (message) assert.match('message' in outcome ? outcome.message : '', message)
    })
  }

  it('passes only when everything agrees', () => {
    fc.assert(
      fc.property(inProcess, (evidence) => {
        const { messages, exit, suite } = evidence
        const agrees =
          messages.end !== undefined &&
          messages.error === undefined &&
          messages.end.passed === messages.cases.passed &&
          messages.end.skipped === messages.cases.skipped &&
          messages.end.failed === 0 &&
          messages.cases.failed === 0 &&
          (exit === null || exit.code === 0) &&
          (messages.cases.tests > 0 || suite.allowNoTests)
        assert.equal(judgeInProcess(evidence).status === 'passed', agrees)
      }),
    )
  })
})

describe('judgeCommand', () => {
  const tap = { format: 'tap', from: 'stdout' } as const
  const byExit = { format: 'exit-code' } as const
  const whole = { source: tap, complete: true, exit: exited(0), suite: strict }
  const table: [string, CommandEvidence, string, RegExp?][] = [
    ['all agrees', { ...whole, cases: counts(2) }, 'passed'],
    ['failures and code 1', { ...whole, cases: counts(1, 1), exit: exited(1) }, 'failed'],
    [
      'failures and code 0',
      { ...whole, cases: counts(1, 1) },
      'failed',
      /1 failed, though the command exited with code 0/,
    ],
    [
      'code 3 and no failure',
      { ...whole, cases: counts(12), exit: exited(3) },
      'crashed',
      /none of 12 tests failed, but the command exited with code 3/,
    ],
    ['killed', { ...whole, cases: counts(1), exit: killed }, 'crashed', /killed by SIGSEGV/],
    [
      'truncated',
      { ...whole, cases: counts(1), complete: false, warning: 'cut off' },
      'crashed',
      /incomplete: cut off/,
    ],
    ['truncated with a failure', { ...whole, cases: counts(1, 1), complete: false }, 'crashed'],
    ['no tests', { ...whole, cases: counts(0) }, 'no-tests'],
    ['no tests, allowed', { ...whole, cases: counts(0), suite: { allowNoTests: true } }, 'passed'],
    ['not found', { ...whole, cases: counts(0), complete: false, exit: exited(127) }, 'environment-error'],
    ['failures and code 127', { ...whole, cases: counts(0, 3), exit: exited(127) }, 'failed'],
    ['exit code 0', { ...whole, source: byExit, cases: counts(1) }, 'passed'],
    [
      'exit code 2',
      { ...whole, source: byExit, cases: counts(0, 1), exit: exited(2) },
      'failed',
      /exited with code 2/,
    ],
  ]
  for (const [name, evidence, status, message] of table) {
    it(`${name}: ${status}`, () => {
      const outcome = judgeCommand(evidence)
      assert.equal(outcome.status, status)
      if (message) assert.match(JSON.stringify(outcome), message)
    })
  }

  it('passes only when everything agrees', () => {
    fc.assert(
      fc.property(someCounts, fc.boolean(), someExit, fc.boolean(), (cases, complete, exit, allowNoTests) => {
        const outcome = judgeCommand({ source: tap, cases, complete, exit, suite: { allowNoTests } })
        const agrees = complete && exit.code === 0 && cases.failed === 0 && (cases.tests > 0 || allowNoTests)
        assert.equal(outcome.status === 'passed', agrees)
      }),
    )
  })
})

const few = fc.nat({ max: 2 })
const someCounts = fc.tuple(few, few, few).map(([passed, failed, skipped]) => counts(passed, failed, skipped))
const someExit = fc.constantFrom(exited(0), exited(1), exited(127), killed, { code: null, signal: null })
const inProcess = fc
  .record({
    cases: someCounts,
    end: fc.option(fc.record({ passed: few, failed: few, skipped: few }), { nil: undefined }),
    same: fc.boolean(),
    error: fc.option(fc.constant(error), { nil: undefined }),
    exit: fc.option(someExit, { nil: null }),
    allowNoTests: fc.boolean(),
  })
  .map(({ cases, end: ended, same, error: fault, exit, allowNoTests }): InProcessEvidence => {
    const last = ended && same ? end(cases.passed, cases.failed, cases.skipped) : ended
    return {
      messages: { cases, ...(last && { end: last }), ...(fault && { error: fault }) },
      exit,
      suite: { allowNoTests },
    }
  })
