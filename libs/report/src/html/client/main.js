import { CaseList } from './case-list.js'
import { renderFilter } from './case-filter.js'
import { focusNextFailure, renderFailures } from './failures.js'
import { renderHeader } from './header.js'
import { parseLink } from './links.js'
import { filterCases, flattenCases, fullName, readData } from './model.js'
import { renderPerformance } from './performance.js'
import { renderSuites } from './suites.js'
import { initTheme } from './theme.js'
import { renderTimeline } from './timeline.js'

const data = readData()
const cases = flattenCases(data)

initTheme()
renderHeader(data)
renderFailures(data.suites, cases)
const openSuite = renderSuites(data.suites)
const list = new CaseList()
const filter = renderFilter(
  cases,
  data.suites.filter((suite) => suite.tests > 0).map((suite) => suite.name),
  (next) => list.show(filterCases(cases, next), cases.length),
)
list.show(cases, cases.length)
renderTimeline(data)
renderPerformance(data)

/** Shows what the address says, when it names a suite or a case. */
function followLink() {
  const link = parseLink(location.hash)
  const suite = link && data.suites.find((each) => each.name === link.suite)
  if (!suite) return
  filter.set({ text: '', status: '', suite: suite.name })
  if (link.type === 'suite') return openSuite(suite)
  const testCase = cases.find((each) => each.suite === suite && fullName(each) === link.name)
  if (testCase) list.reveal(testCase)
}
addEventListener('hashchange', followLink)
followLink()

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLSelectElement ||
  target instanceof HTMLTextAreaElement

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target instanceof HTMLInputElement && event.key === 'ArrowDown') {
    event.preventDefault()
    list.focus()
  }
  if (isTyping(event.target)) return
  if (event.key === '/') {
    event.preventDefault()
    filter.focus()
  } else if (event.key === 'f') focusNextFailure()
})
