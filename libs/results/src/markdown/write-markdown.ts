import { stripVTControlCharacters } from 'node:util'
import {
  caseName,
  isFlakyCase,
  isQuarantinedFailure,
  type CaseError,
  type RunRecord,
  type SuiteRecord,
} from '@muster/model'
import { suiteVerdictCase } from '../suite-verdict-case.ts'
import { cut } from '../text.ts'
import { codeBlock, escapeMarkdown } from './escape-markdown.ts'

/** GitHub refuses a comment above 65,536 characters; each failure is shown with a message and a piece of its stack. */
const MAX_FAILURES = 50
const MAX_STACK = 1000
const MAX_MESSAGE = 300

/**
 * Results for people, as GitHub-flavoured Markdown: totals, a row for each suite, the failures. Unlike the job summary of
 * a run it says nothing of machines and caches, which reports of other tools don't know.
 */
export function writeMarkdown(record: RunRecord): string {
  const { totals, suites } = record
  const verdicts = suites.flatMap((suite) => {
    const verdict = suiteVerdictCase(suite)
    return verdict?.result === 'error' ? [`**${escapeMarkdown(suite.name)}**: ${line(verdict.message)}`] : []
  })
  const red = totals.failed > totals.quarantined || verdicts.length > 0
  return [
    `## ${red ? '❌' : '✅'} Test results`,
    '',
    `${totals.tests} tests: ${[
      `${totals.passed} passed`,
      `${totals.failed} failed`,
      `${totals.skipped} skipped`,
      ...(totals.flaky > 0 ? [`${totals.flaky} flaky`] : []),
      ...(totals.quarantined > 0 ? [`${totals.quarantined} of the failures in quarantine`] : []),
    ].join(', ')}, ${seconds(suites.reduce((sum, suite) => sum + suite.durationMs, 0))}.`,
    ...record.notes.map(({ message }) => `\n> ${line(message)}`),
    '',
    '| suite | tests | passed | failed | skipped | time |',
    '| :--- | ---: | ---: | ---: | ---: | ---: |',
    ...suites.map(suiteRow),
    ...(verdicts.length > 0 ? ['', '### Suites', '', ...verdicts.map((verdict) => `- ${verdict}`)] : []),
    ...failures(suites),
    ...flakes(suites),
    '',
  ].join('\n')
}

const suiteRow = ({ name, tests, passed, failed, skipped, durationMs }: SuiteRecord): string =>
  `| ${escapeMarkdown(name)} | ${tests} | ${passed} | ${failed} | ${skipped} | ${seconds(durationMs)} |`

function failures(suites: readonly SuiteRecord[]): string[] {
  const all = suites.flatMap((suite) =>
    suite.cases
      .filter((each) => each.status === 'failed' && !isQuarantinedFailure(each))
      .map((testCase) => ({ suite, testCase })),
  )
  if (all.length === 0) return []
  const more = all.length - MAX_FAILURES
  return [
    '',
    '### Failures',
    ...all
      .slice(0, MAX_FAILURES)
      .flatMap(({ suite, testCase: { path, file, error, errored } }) => [
        '',
        `**${escapeMarkdown([suite.name, ...path].join(' › '))}**${file === undefined ? '' : ` (${escapeMarkdown(file)})`}${errored ? ', error' : ''}`,
        '',
        codeBlock(cut(stripVTControlCharacters(errorText(error)), MAX_STACK)),
      ]),
    ...(more > 0 ? ['', `… and ${more} more.`] : []),
  ]
}

/** Of most tools the stack begins with the message; some tell only places in it. */
function errorText({ message, stack }: CaseError = { message: 'failed' }): string {
  if (stack === undefined) return message
  return stack.includes(message) ? stack : `${message}\n${stack}`
}

function flakes(suites: readonly SuiteRecord[]): string[] {
  const names = suites.flatMap((suite) =>
    suite.cases
      .filter(isFlakyCase)
      .map(
        (each) => `- ${escapeMarkdown(`${suite.name} › ${caseName(each)}`)} (${each.attempts} executions)`,
      ),
  )
  return names.length === 0 ? [] : ['', '### Flaky', '', ...names.slice(0, MAX_FAILURES)]
}

const line = (text: string): string => escapeMarkdown(cut(text.replaceAll(/\s+/g, ' '), MAX_MESSAGE))
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
