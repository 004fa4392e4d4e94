import { createHash } from 'node:crypto'
import { caseName, type RunRecord, type SuiteRecord, type TestCase } from '@muster/model'
import { suiteVerdictCase } from '../suite-verdict-case.ts'
import { sarifLocation } from './sarif-location.ts'

interface Finding {
  readonly suite: SuiteRecord
  readonly testCase: TestCase
}

/** SARIF 2.1.0 (OASIS): what it wants at least is in `$schema`. */
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

/**
 * The failing cases of security suites as SARIF: each case is a rule, each failure a result of it. One in
 * quarantine is suppressed with its reason. A security suite that could not tell (crashed, timed out) is a
 * notification, and the invocation was not successful then: no findings must not mean no problems.
 */
export function writeSarif(record: RunRecord): string {
  const suites = record.suites.filter(({ kind }) => kind === 'security')
  const findings = suites.flatMap((suite) =>
    suite.cases.filter(({ status }) => status === 'failed').map((testCase) => ({ suite, testCase })),
  )
  const rules = [...new Map(findings.map((finding) => [ruleId(finding), finding])).keys()]
  const indexes = new Map(rules.map((id, index) => [id, index]))
  const untold = suites.map((suite) => ({ suite, verdict: suiteVerdictCase(suite) }))
  const notifications = untold.flatMap(({ suite, verdict }) =>
    verdict?.result === 'error'
      ? [{ level: 'error', message: { text: `${suite.name}: ${verdict.message}` } }]
      : [],
  )
  return JSON.stringify({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'muster',
            version: record.muster,
            rules: rules.map((id) => ({ id, shortDescription: { text: id } })),
          },
        },
        invocations: [
          {
            executionSuccessful: record.complete && notifications.length === 0,
            ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, indexes)),
      },
    ],
  })
}

function result(finding: Finding, indexes: ReadonlyMap<string, number>): object {
  const { suite, testCase } = finding
  const { error, quarantined, file } = testCase
  const id = ruleId(finding)
  const name = caseName(testCase)
  return {
    ruleId: id,
    ruleIndex: indexes.get(id),
    level: 'error',
    message: { text: error?.message || 'failed' },
    locations: [
      {
        ...(file !== undefined && { physicalLocation: sarifLocation(file, error?.stack) }),
        logicalLocations: [{ fullyQualifiedName: `${suite.name} › ${name}`, kind: 'function' }],
      },
    ],
    partialFingerprints: { 'musterCase/v1': fingerprint(finding) },
    ...(quarantined !== undefined && { suppressions: [{ kind: 'external', justification: quarantined }] }),
  }
}

const ruleId = ({ suite, testCase }: Finding): string => `${suite.name}/${testCase.path.join('/')}`

/** Tells code scanning that a finding of another run is the same one; the message isn't part of it. */
const fingerprint = ({ suite, testCase }: Finding): string =>
  createHash('sha256')
    .update([suite.name, testCase.file ?? '', ...testCase.path].join('\0'))
    .digest('hex')
