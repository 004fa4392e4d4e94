import { statusBadge, tag } from './badges.js'
import { byId, el } from './dom.js'
import { errorView, outputViews, reproduceView } from './error-view.js'
import { counted, duration } from './format.js'
import { caseLink, suiteLink } from './links.js'
import { fullName } from './model.js'

/** Open from the start; the rest is one click away and the page stays short. */
const OPEN = 3
/** Made at first; thousands of failures have one cause, and reading starts at the top. */
const STEP = 50

/**
 * @param {readonly import('./model.js').ReportSuite[]} suites
 * @param {readonly import('./model.js').Case[]} cases
 */
export function renderFailures(suites, cases) {
  const troubled = suites.filter((suite) => suite.troubled)
  if (troubled.length === 0) return
  byId('failures').hidden = false
  for (const link of document.querySelectorAll('[data-nav="failures"]')) link.removeAttribute('hidden')
  const failed = Map.groupBy(
    cases.filter((each) => each.status === 'failed'),
    (each) => each.suite.name,
  )
  const list = byId('failure-list')
  let opened = 0
  let next = 0
  const more = el('button', { type: 'button', class: 'more', onclick: () => show() })
  const show = () => {
    const page = troubled.slice(next, next + STEP)
    for (const suite of page) {
      const own = failed.get(suite.name) ?? []
      list.insertBefore(suiteCard(suite, own, Math.max(0, OPEN - opened)), more)
      opened += own.length
    }
    next += page.length
    more.hidden = next >= troubled.length
    more.textContent = `Show more of ${troubled.length} suites`
  }
  list.append(more)
  show()
}

/**
 * @param {import('./model.js').ReportSuite} suite
 * @param {readonly import('./model.js').Case[]} cases
 * @param {number} open
 */
function suiteCard(suite, cases, open) {
  const title = el(
    'h3',
    {},
    statusBadge(suite.status, suite.status === 'failed'),
    el('a', { href: suiteLink(suite.name) }, suite.name),
    tag(suite.kind),
    el('span', { class: 'quiet push' }, duration(suite.durationMs)),
  )
  const card = el('article', { class: 'card failure' }, title)
  // "2 failed" is what the list below says already.
  if (suite.message && (suite.status !== 'failed' || cases.length === 0)) {
    card.append(el('p', { class: 'suite-message' }, suite.message))
  }
  card.append(caseDetails(cases, open), ...outputViews(suite))
  if (suite.reproduce) card.append(reproduceView(suite.reproduce))
  return card
}

/**
 * @param {readonly import('./model.js').Case[]} cases
 * @param {number} open
 */
function caseDetails(cases, open) {
  const list = el('div', { class: 'failed-cases' })
  let next = 0
  const more = el('button', { type: 'button', class: 'more', onclick: () => show() })
  const show = () => {
    for (const each of cases.slice(next, next + STEP)) {
      list.insertBefore(caseDetail(each, next < open), more)
      next++
    }
    more.hidden = next >= cases.length
    more.textContent = `Show more of ${counted(cases.length, 'failing test')}`
  }
  list.append(more)
  show()
  return list
}

/**
 * The body is made when it is opened first.
 * @param {import('./model.js').Case} testCase
 * @param {boolean} open
 */
function caseDetail(testCase, open) {
  const summary = el(
    'summary',
    { 'data-failure': true },
    el('span', { class: 'name' }, ...nameParts(testCase)),
    el('span', { class: 'quiet' }, duration(testCase.durationMs)),
  )
  const details = el('details', { class: 'case' }, summary)
  const fill = () => {
    if (details.childElementCount > 1) return
    const link = el('a', { href: caseLink(testCase), class: 'quiet' }, 'Show in the list of tests')
    details.append(errorView(testCase), link)
  }
  details.addEventListener('toggle', fill)
  if (open) fill()
  details.open = open
  details.title = fullName(testCase)
  return details
}

/**
 * @param {import('./model.js').Case} testCase
 * @returns {(string | HTMLElement)[]}
 */
export function nameParts(testCase) {
  const path = testCase.group.map((each) => `${each} › `).join('')
  return path === '' ? [testCase.title] : [el('span', { class: 'path' }, path), testCase.title]
}

/** Moves to the failure after the one in focus, from the last to the first. */
export function focusNextFailure() {
  const all = [...document.querySelectorAll('[data-failure]')].filter((each) => each instanceof HTMLElement)
  const at = all.findIndex((each) => each === document.activeElement)
  const next = all[(at + 1) % all.length]
  if (!next) return
  const details = next.closest('details')
  if (details) details.open = true
  next.focus({ preventScroll: true })
  next.closest('details')?.scrollIntoView({ block: 'start' })
}
