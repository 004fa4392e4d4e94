import type { RunRecord, SuiteRecord, TestCase } from '@muster/model'
import { isQuarantinedFailure } from '@muster/model'
import { isoTime } from '../iso-time.ts'
import { suiteVerdictCase, type VerdictCase } from '../suite-verdict-case.ts'
import { writeCase } from './write-case.ts'
import { element, properties, seconds } from './xml-element.ts'

interface Totals {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
}

/**
 * The run as JUnit XML: one `testsuite` a suite, whose `classname`s begin with the suite's name so that
 * CI views group by it. A suite whose verdict its cases don't tell has an `error` of its own. A failure in
 * quarantine is `skipped` and says what failed: the format has no other way to be seen without being red.
 */
export function writeJUnit(record: RunRecord): string {
  const suites = record.suites.map((suite) => ({ suite, verdict: suiteVerdictCase(suite) }))
  const totals = suites.map(({ suite, verdict }) => suiteTotals(suite, verdict)).reduce(addTotals, NONE)
  const root = element('testsuites', {
    name: 'muster',
    ...counts(totals),
    time: seconds(record.finishedAt - record.startedAt),
  })
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `${root}>`]
  for (const { suite, verdict } of suites) writeSuite(lines, suite, verdict)
  lines.push('</testsuites>', '')
  return lines.join('\n')
}

function writeSuite(lines: string[], suite: SuiteRecord, verdict: VerdictCase | undefined): void {
  const { name, cached, from } = suite
  const start = from?.at ?? suite.attempts[0]?.startedAt
  const timestamp = start === undefined ? undefined : isoTime(start)
  const head = element('testsuite', {
    name,
    ...counts(suiteTotals(suite, verdict)),
    time: seconds(suite.durationMs),
    ...(timestamp !== undefined && { timestamp }),
  })
  lines.push(`  ${head}>`)
  const told = properties({
    status: suite.status,
    kind: suite.kind,
    cached: String(cached),
    ...(from && { from: from.runId, source: from.source }),
    ...(suite.hash !== null && { hash: suite.hash }),
    ...(suite.units.length > 1 && { shards: String(suite.units.length) }),
    ...(suite.unstable && { unstable: 'true' }),
    ...(suite.status !== 'passed' && suite.reproduce !== undefined && { reproduce: suite.reproduce }),
  })
  lines.push(...told.map((line) => `    ${line}`))
  for (const testCase of suite.cases) writeCase(lines, name, testCase)
  if (verdict) writeVerdict(lines, name, verdict)
  lines.push('  </testsuite>')
}

function writeVerdict(lines: string[], suite: string, { name, result, message }: VerdictCase): void {
  const head = element('testcase', { classname: suite, name, time: '0.000' })
  const type = result === 'error' ? { type: name } : {}
  lines.push(`    ${head}>`, `      ${element(result, { message, ...type })}/>`, '    </testcase>')
}

const NONE: Totals = { tests: 0, failures: 0, errors: 0, skipped: 0 }

const addTotals = (a: Totals, b: Totals): Totals => ({
  tests: a.tests + b.tests,
  failures: a.failures + b.failures,
  errors: a.errors + b.errors,
  skipped: a.skipped + b.skipped,
})

function suiteTotals({ cases }: SuiteRecord, verdict: VerdictCase | undefined): Totals {
  const having = (status: TestCase['status']): number => cases.filter((each) => each.status === status).length
  const quarantined = cases.filter(isQuarantinedFailure).length
  const errored = cases.filter((each) => each.errored === true && !isQuarantinedFailure(each)).length
  return {
    tests: cases.length + (verdict ? 1 : 0),
    failures: having('failed') - quarantined - errored,
    errors: errored + (verdict?.result === 'error' ? 1 : 0),
    skipped: having('skipped') + quarantined + (verdict?.result === 'skipped' ? 1 : 0),
  }
}

const counts = (totals: Totals): Record<string, string> =>
  Object.fromEntries(Object.entries(totals).map(([key, value]) => [key, String(value)]))
