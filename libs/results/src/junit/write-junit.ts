import type { CaseError, RunRecord, SuiteRecord, TestCase } from '@muster/model'
import { isoTime } from '../iso-time.ts'
import { suiteVerdictCase, type VerdictCase } from '../suite-verdict-case.ts'
import { ownClassName } from './case-path.ts'
import { OWN_PROPERTY } from './junit-elements.ts'
import { xmlAttribute, xmlContent } from './xml-text.ts'

/** Executions that are told apart; beyond it only the number of lines would grow. */
const MAX_RERUNS = 20

interface Totals {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
}

/**
 * The run as JUnit XML: one `testsuite` a suite, whose `classname`s begin with the suite's name so that
 * CI views group by it. A suite whose verdict its cases don't tell has an `error` of its own.
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
  const start = from?.at ?? suite.attempts.at(-1)?.startedAt
  const timestamp = start === undefined ? undefined : isoTime(start)
  const head = element('testsuite', {
    name,
    ...counts(suiteTotals(suite, verdict)),
    time: seconds(suite.durationMs),
    ...(timestamp !== undefined && { timestamp }),
  })
  lines.push(`  ${head}>`, '    <properties>')
  const properties = {
    status: suite.status,
    kind: suite.kind,
    cached: String(cached),
    ...(from && { from: from.runId, source: from.source }),
    ...(suite.hash !== null && { hash: suite.hash }),
    ...(suite.status !== 'passed' && suite.reproduce !== undefined && { reproduce: suite.reproduce }),
  }
  for (const [key, value] of Object.entries(properties)) {
    lines.push(`      ${element('property', { name: `${OWN_PROPERTY}${key}`, value })}/>`)
  }
  lines.push('    </properties>')
  for (const testCase of suite.cases) writeCase(lines, name, testCase)
  if (verdict) writeVerdict(lines, name, verdict)
  lines.push('  </testsuite>')
}

function writeCase(lines: string[], suite: string, testCase: TestCase): void {
  const { path, file, durationMs, stdout, stderr } = testCase
  const head = element('testcase', {
    classname: ownClassName(suite, path),
    name: path.at(-1) ?? '',
    time: seconds(durationMs),
    ...(file !== undefined && { file }),
  })
  const children = results(testCase)
  if (stdout !== undefined) children.push(`<system-out>${xmlContent(stdout)}</system-out>`)
  if (stderr !== undefined) children.push(`<system-err>${xmlContent(stderr)}</system-err>`)
  if (children.length === 0) lines.push(`    ${head}/>`)
  else lines.push(`    ${head}>`, ...children.map((child) => `      ${child}`), '    </testcase>')
}

function results({ status, attempts = 1, error, skipReason }: TestCase): string[] {
  const reruns = Math.min(Math.max(0, attempts - 1), MAX_RERUNS)
  const message = `execution failed; ${attempts} executions in all`
  const repeated = (name: string): string[] =>
    Array.from({ length: reruns }, () => `${element(name, { message })}/>`)
  switch (status) {
    case 'passed':
      return repeated('flakyFailure')
    case 'failed':
      return [failure(error ?? { message: 'failed' }), ...repeated('rerunFailure')]
    case 'skipped':
      return [`${element('skipped', skipReason === undefined ? {} : { message: skipReason })}/>`]
  }
}

function failure({ message, stack, expected, actual }: CaseError): string {
  const parts = [stack ?? message]
  if (expected !== undefined) parts.push(`expected: ${expected}`)
  if (actual !== undefined) parts.push(`actual: ${actual}`)
  const head = element('failure', { message, type: 'failure' })
  return `${head}>${xmlContent(parts.join('\n\n'))}</failure>`
}

function writeVerdict(lines: string[], suite: string, { name, result, message }: VerdictCase): void {
  const head = element('testcase', { classname: suite, name, time: '0.000' })
  const type = result === 'error' ? { type: name } : {}
  lines.push(`    ${head}>`, `      ${element(result, { message, ...type })}/>`, '    </testcase>')
}

/** An opening tag without its end, so that the caller closes it either way. */
const element = (name: string, attributes: Readonly<Record<string, string>>): string =>
  [`<${name}`, ...Object.entries(attributes).map(([key, value]) => `${key}="${xmlAttribute(value)}"`)].join(
    ' ',
  )

const seconds = (ms: number): string => (Number.isFinite(ms) ? Math.max(0, ms) / 1000 : 0).toFixed(3)

const NONE: Totals = { tests: 0, failures: 0, errors: 0, skipped: 0 }

const addTotals = (a: Totals, b: Totals): Totals => ({
  tests: a.tests + b.tests,
  failures: a.failures + b.failures,
  errors: a.errors + b.errors,
  skipped: a.skipped + b.skipped,
})

function suiteTotals({ cases }: SuiteRecord, verdict: VerdictCase | undefined): Totals {
  const having = (status: TestCase['status']): number => cases.filter((each) => each.status === status).length
  return {
    tests: cases.length + (verdict ? 1 : 0),
    failures: having('failed'),
    errors: verdict?.result === 'error' ? 1 : 0,
    skipped: having('skipped') + (verdict?.result === 'skipped' ? 1 : 0),
  }
}

const counts = (totals: Totals): Record<string, string> =>
  Object.fromEntries(Object.entries(totals).map(([key, value]) => [key, String(value)]))
