import { statusBadge, tag } from './badges.js'
import { byId, el } from './dom.js'
import { outputViews, reproduceView } from './error-view.js'
import { counted, dateTime, duration } from './format.js'
import { suiteLink } from './links.js'

const STEP = 200

/** @typedef {import('./model.js').ReportSuite} Suite */

/** @type {readonly { title: string, number?: boolean, key: (suite: Suite) => string | number }[]} */
const COLUMNS = [
  { title: 'Suite', key: (suite) => suite.name },
  { title: 'Status', key: (suite) => (suite.troubled ? 0 : suite.status === 'passed' ? 2 : 1) },
  { title: 'Tests', number: true, key: (suite) => -suite.tests },
  { title: 'Duration', number: true, key: (suite) => -suite.durationMs },
  { title: 'Attempts', number: true, key: (suite) => -suite.attempts.length },
  { title: 'Isolation', key: (suite) => isolation(suite) },
  { title: 'Notes', key: (suite) => note(suite) },
]

/**
 * @param {readonly Suite[]} suites
 * @returns {(suite: Suite) => void} opens a suite's details below its row
 */
export function renderSuites(suites) {
  const table = byId('suite-table')
  const body = el('tbody')
  let sorted = order(suites, 1, false)
  let limit = STEP
  const more = el('button', { type: 'button', class: 'more', onclick: () => show(limit + STEP) })
  /** @param {number} count */
  const show = (count) => {
    limit = count
    body.replaceChildren(...sorted.slice(0, limit).map(suiteRow))
    more.hidden = limit >= sorted.length
    more.textContent = `Show more of ${counted(sorted.length, 'suite')}`
  }
  const heads = COLUMNS.map((column, index) =>
    headCell(column, (reverse) => {
      sorted = order(suites, index, reverse)
      for (const head of heads) if (head !== heads[index]) head.removeAttribute('aria-sort')
      show(limit)
    }),
  )
  table.replaceChildren(el('thead', {}, el('tr', {}, ...heads)), body)
  table.after(more)
  show(limit)
  return (suite) => {
    const index = sorted.indexOf(suite)
    if (index >= limit) show(index + 1)
    openDetails(suite)
  }
}

/**
 * @param {readonly Suite[]} suites
 * @param {number} index
 * @param {boolean} reverse
 */
function order(suites, index, reverse) {
  const key = COLUMNS[index]?.key ?? ((suite) => suite.name)
  const sign = reverse ? -1 : 1
  return suites.toSorted((a, b) => {
    const left = key(a)
    const right = key(b)
    return sign * (left < right ? -1 : left > right ? 1 : a.name < b.name ? -1 : 1)
  })
}

/**
 * @param {(typeof COLUMNS)[number]} column
 * @param {(reverse: boolean) => void} sort
 */
function headCell(column, sort) {
  const cell = el('th', { scope: 'col', class: column.number ? 'number' : '' })
  const button = el('button', { type: 'button', class: 'sort' }, column.title)
  button.addEventListener('click', () => {
    const reverse = cell.getAttribute('aria-sort') === 'ascending'
    sort(reverse)
    cell.setAttribute('aria-sort', reverse ? 'descending' : 'ascending')
  })
  cell.append(button)
  return cell
}

/** @param {Suite} suite */
function suiteRow(suite) {
  const counts = suite.failed > 0 ? el('span', { class: 'bad' }, ` ${suite.failed} failed`) : null
  const row = el(
    'tr',
    { 'data-suite': suite.name },
    el('th', { scope: 'row' }, el('a', { href: suiteLink(suite.name) }, suite.name), tag(suite.kind)),
    el('td', {}, statusBadge(suite.status), suite.from ? tag('cached') : null),
    el('td', { class: 'number' }, String(suite.tests), counts),
    el('td', { class: 'number' }, suite.durationMs > 0 ? duration(suite.durationMs) : '–'),
    el('td', { class: 'number' }, suite.attempts.length > 0 ? String(suite.attempts.length) : '–'),
    el('td', {}, isolation(suite)),
    el('td', { class: 'wide' }, note(suite)),
  )
  return row
}

/** @param {Suite} suite */
const isolation = (suite) => suite.attempts.at(-1)?.isolation ?? '–'

/** @param {Suite} suite */
function note(suite) {
  if (suite.from) {
    const how = suite.from.source === 'journal' ? 'resumed' : 'cached'
    return `${how} from run ${suite.from.runId}, ${dateTime(suite.from.at)}`
  }
  const parts = []
  if (suite.message) parts.push(suite.message)
  if (suite.slow) parts.push('slow')
  if (suite.flaky > 0) parts.push(`${suite.flaky} flaky`)
  return parts.join(', ')
}

/** @param {Suite} suite */
function openDetails(suite) {
  for (const open of document.querySelectorAll('tr.suite-details')) open.remove()
  const row = document.querySelector(`tr[data-suite="${CSS.escape(suite.name)}"]`)
  if (!row) return
  row.after(el('tr', { class: 'suite-details' }, el('td', { colspan: COLUMNS.length }, suiteDetails(suite))))
  row.scrollIntoView({ block: 'center' })
  row.querySelector('a')?.focus({ preventScroll: true })
}

/** @param {Suite} suite */
function suiteDetails(suite) {
  const attempts = suite.attempts.map((attempt) => {
    const why = attempt.superseded ? `, not counted: ${attempt.superseded}` : ''
    return el(
      'li',
      {},
      statusBadge(attempt.status),
      ` attempt ${attempt.ordinal} on worker ${attempt.worker + 1} (${attempt.isolation}), ${duration(attempt.durationMs)}${why}`,
    )
  })
  return el(
    'div',
    { class: 'inset' },
    suite.message ? el('p', {}, suite.message) : null,
    attempts.length > 0 ? el('ol', { class: 'attempts' }, ...attempts) : null,
    suite.dependsOn.length > 0 ? el('p', { class: 'quiet' }, `After ${suite.dependsOn.join(', ')}`) : null,
    suite.hash ? el('p', { class: 'quiet' }, 'Hash ', el('code', {}, suite.hash)) : null,
    suite.reproduce ? reproduceView(suite.reproduce) : null,
    ...outputViews(suite),
  )
}
