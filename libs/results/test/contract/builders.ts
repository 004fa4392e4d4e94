import type { ResultFormat } from '@muster/model'

/** One test to put into a document. */
export interface BuiltCase {
  readonly name: string
  /** Absent: it passed. */
  readonly failure?: string
}

type Build = (cases: readonly BuiltCase[]) => string

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const each = (cases: readonly BuiltCase[], one: (built: BuiltCase, index: number) => string): string =>
  cases.map(one).join('\n')

const event = (value: object): string => `${JSON.stringify(value)}\n`

const mochaTest = ({ name, failure }: BuiltCase): object => ({
  title: name,
  fullTitle: `group ${name}`,
  duration: 2,
  currentRetry: 0,
  err: failure === undefined ? {} : { message: failure, stack: failure },
})

/** The shortest honest document of each format with these cases, in a group where the format has any. */
export const BUILDERS: Readonly<Record<ResultFormat, Build>> = {
  junit: (cases) => `<testsuites><testsuite name="group">
${each(cases, ({ name, failure }) => `<testcase name="${xml(name)}" time="0.002">${failure === undefined ? '' : `<failure message="${xml(failure)}">${xml(failure)}</failure>`}</testcase>`)}
</testsuite></testsuites>`,
  trx: (cases) => `<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
${each(cases, ({ name, failure }, index) => `<UnitTestResult testId="t${index}" testName="${xml(name)}" duration="00:00:00.002" outcome="${failure === undefined ? 'Passed' : 'Failed'}">${failure === undefined ? '' : `<Output><ErrorInfo><Message>${xml(failure)}</Message></ErrorInfo></Output>`}</UnitTestResult>`)}
</Results><TestDefinitions>
${each(cases, (_, index) => `<UnitTest id="t${index}"><TestMethod className="group" name="m"/></UnitTest>`)}
</TestDefinitions></TestRun>`,
  nunit: (cases) => `<test-run total="${cases.length}"><test-suite type="TestFixture" name="group">
${each(cases, ({ name, failure }) => `<test-case name="${xml(name)}" classname="group" duration="0.002" result="${failure === undefined ? 'Passed' : 'Failed'}">${failure === undefined ? '' : `<failure><message>${xml(failure)}</message></failure>`}</test-case>`)}
</test-suite></test-run>`,
  xunit: (cases) => `<assemblies><assembly name="a" total="${cases.length}"><collection>
${each(cases, ({ name, failure }) => `<test name="group.${xml(name)}" type="group" time="0.002" result="${failure === undefined ? 'Pass' : 'Fail'}">${failure === undefined ? '' : `<failure><message>${xml(failure)}</message></failure>`}</test>`)}
</collection></assembly></assemblies>`,
  ctrf: (cases) =>
    JSON.stringify({
      reportFormat: 'CTRF',
      results: {
        tool: { name: 'x' },
        summary: { tests: cases.length },
        tests: cases.map(({ name, failure }) => ({
          name,
          suite: ['group'],
          duration: 2,
          status: failure === undefined ? 'passed' : 'failed',
          ...(failure !== undefined && { message: failure }),
        })),
      },
    }),
  'go-json': (cases) =>
    cases
      .map(
        ({ name, failure }) =>
          event({ Action: 'run', Package: 'group', Test: name }) +
          (failure === undefined
            ? ''
            : event({ Action: 'output', Package: 'group', Test: name, Output: failure })) +
          event({
            Action: failure === undefined ? 'pass' : 'fail',
            Package: 'group',
            Test: name,
            Elapsed: 0.002,
          }),
      )
      .join('') +
    event({ Action: cases.some(({ failure }) => failure !== undefined) ? 'fail' : 'pass', Package: 'group' }),
  'dart-json': (cases) =>
    event({ protocolVersion: '0.1.1', type: 'start', time: 0 }) +
    event({ group: { id: 1, name: 'group' }, type: 'group', time: 0 }) +
    cases
      .map(
        ({ name, failure }, index) =>
          event({
            test: { id: index + 2, name: `group ${name}`, groupIDs: [1] },
            type: 'testStart',
            time: 1,
          }) +
          (failure === undefined
            ? ''
            : event({ testID: index + 2, error: failure, isFailure: true, type: 'error', time: 2 })) +
          event({
            testID: index + 2,
            result: failure === undefined ? 'success' : 'failure',
            type: 'testDone',
            time: 3,
          }),
      )
      .join('') +
    event({ success: false, type: 'done', time: 4 }),
  'jest-json': (cases) =>
    JSON.stringify({
      numTotalTestSuites: 1,
      numTotalTests: cases.length,
      testResults: [
        {
          assertionResults: cases.map(({ name, failure }) => ({
            ancestorTitles: ['group'],
            title: name,
            duration: 2,
            status: failure === undefined ? 'passed' : 'failed',
            failureMessages: failure === undefined ? [] : [failure],
          })),
          status: 'passed',
        },
      ],
    }),
  'mocha-json': (cases) => {
    const tests = cases.map(mochaTest)
    const failures = cases.filter(({ failure }) => failure !== undefined).map(mochaTest)
    return JSON.stringify({
      stats: { suites: 1, tests: tests.length },
      tests,
      pending: [],
      failures,
      passes: [],
    })
  },
  'pytest-json': (cases) =>
    JSON.stringify({
      exitcode: 0,
      summary: { total: cases.length },
      tests: cases.map(({ name, failure }) => ({
        nodeid: `test_x.py::group::${name}`,
        outcome: failure === undefined ? 'passed' : 'failed',
        call: {
          duration: 0.002,
          outcome: failure === undefined ? 'passed' : 'failed',
          ...(failure !== undefined && { crash: { message: failure }, longrepr: failure }),
        },
      })),
    }),
  tap: (cases) => `TAP version 13
# Subtest: group
${each(cases, ({ name, failure }, index) => `    ${failure === undefined ? 'ok' : 'not ok'} ${index + 1} - ${name}${failure === undefined ? '' : `\n      ---\n      message: ${JSON.stringify(failure)}\n      ...`}`)}
    1..${cases.length}
ok 1 - group
1..1
`,
}
