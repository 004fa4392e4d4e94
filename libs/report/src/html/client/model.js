import { byId } from './dom.js'

/**
 * @typedef {import('../report-data.ts').ReportData} ReportData
 * @typedef {import('../report-data.ts').ReportSuite} ReportSuite
 * @typedef {import('../report-data.ts').ReportAttempt} ReportAttempt
 * @typedef {import('../report-data.ts').CaseDetail} CaseDetail
 *
 * A test case as the page shows it.
 * @typedef {object} Case
 * @property {ReportSuite} suite
 * @property {readonly string[]} group
 * @property {string} title
 * @property {'passed' | 'failed' | 'skipped' | 'flaky' | 'quarantined'} status
 * @property {string | undefined} notRerun the run that the result is from when it was not executed; may be empty
 * @property {number} durationMs
 * @property {string} file
 * @property {CaseDetail | undefined} detail
 * @property {string} search what the search looks in, lower-case; empty until the first search
 */

/** @returns {ReportData} */
export const readData = () => JSON.parse(byId('report-data').textContent ?? '')

const STATUSES = /** @type {const} */ (['passed', 'failed', 'skipped'])

/**
 * Every case of the run, in the record's order.
 * @param {ReportData} data
 * @returns {Case[]}
 */
export function flattenCases(data) {
  /** @type {Case[]} */
  const cases = []
  for (const suite of data.suites) {
    for (const [group, title, status, durationMs, file, detail] of suite.cases) {
      const word = STATUSES[status] ?? 'skipped'
      cases.push({
        suite,
        group: data.groups[group] ?? [],
        title,
        status: statusOf(word, detail),
        notRerun: detail?.notRerun === undefined ? undefined : (data.runs[detail.notRerun] ?? ''),
        durationMs,
        file: data.files[file] ?? '',
        detail,
        search: '',
      })
    }
  }
  return cases
}

/**
 * @param {'passed' | 'failed' | 'skipped'} status
 * @param {CaseDetail | undefined} detail
 * @returns {Case['status']}
 */
function statusOf(status, detail) {
  if (detail?.quarantined !== undefined) return 'quarantined'
  const again = (detail?.attempts ?? 1) > 1 && detail?.notRerun === undefined
  return status === 'passed' && again ? 'flaky' : status
}

/** @param {Case} testCase */
export const fullName = (testCase) => [...testCase.group, testCase.title].join(' › ')

/**
 * Made when first needed: most readers never search.
 * @param {Case} testCase
 */
function searchText(testCase) {
  if (testCase.search === '') {
    const { suite, file, detail } = testCase
    const text = [suite.name, fullName(testCase), file, detail?.message ?? ''].join('\n')
    testCase.search = text.toLowerCase()
  }
  return testCase.search
}

/**
 * @typedef {{ text: string, status: string, suite: string }} Filter empty strings filter nothing
 */

/**
 * @param {Case} testCase
 * @param {string} status
 */
const hasStatus = (testCase, status) =>
  status === '' || (status === 'not-rerun' ? testCase.notRerun !== undefined : testCase.status === status)

/**
 * Cases that match: every word of the text somewhere in suite, name, file or message.
 * @param {readonly Case[]} cases
 * @param {Filter} filter
 */
export function filterCases(cases, filter) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return cases.filter(
    (each) =>
      hasStatus(each, filter.status) &&
      (filter.suite === '' || each.suite.name === filter.suite) &&
      words.every((word) => searchText(each).includes(word)),
  )
}
