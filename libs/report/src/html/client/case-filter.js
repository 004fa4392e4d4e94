import { byId, el } from './dom.js'
import { statusWord } from './format.js'

/** @typedef {import('./model.js').Filter} Filter */

/**
 * The row above the list of tests: text, status, suite.
 * @param {readonly import('./model.js').Case[]} cases
 * @param {readonly string[]} suites
 * @param {(filter: Filter) => void} changed
 */
export function renderFilter(cases, suites, changed) {
  /** @type {Filter} */
  let filter = { text: '', status: '', suite: '' }
  const search = el('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Search tests',
    'aria-label': 'Search tests by name, file, suite or message',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const chips = statusChips(cases, (status) => set({ status: filter.status === status ? '' : status }))
  const select = el('select', { 'aria-label': 'Suite' }, el('option', { value: '' }, 'All suites'))
  for (const suite of suites) select.append(el('option', { value: suite }, suite))

  /** @param {Partial<Filter>} change */
  const set = (change) => {
    filter = { ...filter, ...change }
    search.value = filter.text
    select.value = filter.suite
    for (const chip of chips)
      chip.setAttribute('aria-pressed', String(chip.dataset['status'] === filter.status))
    changed(filter)
  }
  search.addEventListener('input', () => set({ text: search.value }))
  select.addEventListener('change', () => set({ suite: select.value }))
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') set({ text: '', status: '', suite: '' })
  })
  byId('case-filter').replaceChildren(
    el('div', { class: 'search-box' }, search, el('kbd', { 'aria-hidden': 'true' }, '/')),
    el('div', { class: 'chips', role: 'group', 'aria-label': 'Status' }, ...chips),
    select,
  )
  return { set, focus: () => search.focus() }
}

/**
 * @param {readonly import('./model.js').Case[]} cases
 * @param {(status: string) => void} pick
 */
function statusChips(cases, pick) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const each of cases) {
    counts.set(each.status, (counts.get(each.status) ?? 0) + 1)
    if (each.notRerun !== undefined) counts.set('not-rerun', (counts.get('not-rerun') ?? 0) + 1)
  }
  return ['failed', 'flaky', 'quarantined', 'skipped', 'passed', 'not-rerun']
    .filter((status) => counts.has(status))
    .map((status) =>
      el(
        'button',
        {
          type: 'button',
          class: `chip ${status}`,
          'data-status': status,
          'aria-pressed': 'false',
          onclick: () => pick(status),
        },
        statusWord(status),
        el('span', { class: 'count' }, (counts.get(status) ?? 0).toLocaleString('en')),
      ),
    )
}
