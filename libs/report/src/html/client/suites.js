import { statusBadge, tag } from './badges.js'
import { byId, el } from './dom.js'
import { counted, dateTime, duration } from './format.js'
import { suiteLink } from './links.js'
import { suiteDetails } from './suite-details.js'
import { renderSuiteFilter, suiteTags } from './suite-filter.js'

const STEP = 200
const everything = () => true

/** @typedef {import('./model.js').ReportSuite} Suite */

/** @type {readonly { title: string, number?: boolean, key: (suite: Suite) => string | number }[]} */
const COLUMNS = [
  { title: 'Suite', key: (suite) => suite.name },
  { title: 'Status', key: (suite) => (suite.troubled ? 0 : suite.status === 'passed' ? 2 : 1) },
  { title: 'Tests', number: true, key: (suite) => -suite.tests },
  { title: 'Duration', number: true, key: (suite) => -suite.durationMs },
  { title: 'Estimate', number: true, key: (suite) => -deviation(suite) },
  { title: 'Score', number: true, key: (suite) => -(suite.plan?.score.total ?? -1) },
  { title: 'Attempts', number: true, key: (suite) => -suite.attempts.length },
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
  let matching = sorted
  let limit = STEP
  /** @type {(suite: Suite) => boolean} */
  let filter = everything
  const more = el('button', { type: 'button', class: 'more', onclick: () => show(limit + STEP) })
  /** @param {number} count */
  const show = (count) => {
    limit = count
    matching = sorted.filter(filter)
    body.replaceChildren(...matching.slice(0, limit).map(suiteRow))
    more.hidden = limit >= matching.length
    more.textContent = `Show more of ${counted(matching.length, 'suite')}`
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
  const clearFilter = renderSuiteFilter(suites, (next) => {
    filter = next
    show(limit)
  })
  show(limit)
  return (suite) => {
    if (!filter(suite)) clearFilter()
    const index = matching.indexOf(suite)
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
  const failed = suite.failed - suite.quarantined
  const counts = failed > 0 ? el('span', { class: 'bad' }, ` ${failed} failed`) : null
  const row = el(
    'tr',
    { 'data-suite': suite.name },
    el('th', { scope: 'row' }, el('a', { href: suiteLink(suite.name) }, suite.name), tag(suite.kind)),
    el('td', {}, statusBadge(suite.status), ...suiteTags(suite)),
    el('td', { class: 'number' }, String(suite.tests), counts),
    el('td', { class: 'number' }, suite.durationMs > 0 ? duration(suite.durationMs) : '–'),
    el('td', { class: 'number' }, ...estimateParts(suite)),
    el('td', { class: 'number' }, suite.plan ? String(Math.round(suite.plan.score.total * 10) / 10) : '–'),
    el('td', { class: 'number' }, suite.attempts.length > 0 ? String(suite.attempts.length) : '–'),
    el('td', { class: 'wide' }, note(suite)),
  )
  return row
}

/**
 * How many times its estimate it took; 0 when there is nothing to compare.
 * @param {Suite} suite
 */
function deviation(suite) {
  const estimate = suite.plan?.estimateMs ?? 0
  return suite.from || estimate === 0 || suite.durationMs === 0 ? 0 : suite.durationMs / estimate
}

/** @param {Suite} suite */
function estimateParts(suite) {
  const times = deviation(suite)
  if (times === 0) return [suite.plan && suite.plan.estimateMs > 0 ? duration(suite.plan.estimateMs) : '–']
  const text = duration(suite.plan?.estimateMs ?? 0)
  // Smaller differences are noise.
  return times < 1.5 ? [text] : [text, el('span', { class: 'off' }, ` ×${times.toFixed(1)}`)]
}

/** @param {Suite} suite */
function note(suite) {
  if (suite.from) {
    const how = suite.from.source === 'journal' ? 'resumed' : 'cached'
    return `${how} from run ${suite.from.runId}, ${dateTime(suite.from.at)}`
  }
  const parts = []
  if (suite.message) parts.push(suite.message)
  if (suite.units.length > 1) parts.push(`${suite.units.length} shards`)
  if (suite.notRerun > 0) parts.push(`${suite.notRerun} not rerun`)
  return parts.join(', ')
}

/** @param {Suite} suite */
function openDetails(suite) {
  for (const open of document.querySelectorAll('tr.suite-details')) open.remove()
  const row = document.querySelector(`tr[data-suite="${CSS.escape(suite.name)}"]`)
  if (!row) return
  row.after(el('tr', { class: 'suite-details' }, el('td', { colspan: COLUMNS.length }, suiteDetails(suite))))
  row.scrollIntoView({ block: 'center' })
  // On a narrow screen a row is wider than its box, and would be shown without its beginning.
  const box = row.closest('.scroll-x')
  if (box) box.scrollLeft = 0
  row.querySelector('a')?.focus({ preventScroll: true })
}
