import { tag } from './badges.js'
import { byId, el } from './dom.js'

/** @typedef {import('./model.js').ReportSuite} Suite */

/** @type {readonly { name: string, has: (suite: Suite) => boolean, tag?: (suite: Suite) => HTMLElement }[]} */
const MARKS = [
  {
    name: 'flaky',
    has: (suite) => suite.flaky > 0 || suite.unstable,
    tag: (suite) =>
      tag(suite.flaky > 1 ? `${suite.flaky} flaky` : 'flaky', 'warn', 'Passed only after it had failed'),
  },
  {
    name: 'in quarantine',
    has: (suite) => suite.quarantined > 0,
    tag: (suite) => tag(`${suite.quarantined} in quarantine`, 'warn', 'Failures that don’t count'),
  },
  { name: 'slow', has: (suite) => suite.slow, tag: () => tag('slow', 'warn') },
  { name: 'not run', has: (suite) => ['skipped', 'aborted', 'no-device'].includes(suite.status) },
  { name: 'cached', has: (suite) => suite.from !== null, tag: () => tag('cached') },
]

/**
 * What stands beside a suite's status.
 * @param {Suite} suite
 */
export const suiteTags = (suite) =>
  MARKS.flatMap((mark) => (mark.tag && mark.has(suite) ? [mark.tag(suite)] : []))

/**
 * A row of buttons, one for each mark that some suite has but not all; none if there is nothing to tell apart.
 * @param {readonly Suite[]} suites
 * @param {(has: (suite: Suite) => boolean) => void} changed
 * @returns {() => void} takes the filter away
 */
export function renderSuiteFilter(suites, changed) {
  let picked = ''
  const counts = MARKS.map((mark) => ({ ...mark, count: suites.filter(mark.has).length }))
  const chips = counts
    .filter(({ count }) => count > 0 && count < suites.length)
    .map(({ name, count }) =>
      el(
        'button',
        {
          type: 'button',
          class: 'chip',
          'data-mark': name,
          'aria-pressed': 'false',
          onclick: () => pick(name),
        },
        name,
        el('span', { class: 'count' }, count.toLocaleString('en')),
      ),
    )
  /** @param {string} name */
  const pick = (name) => {
    picked = picked === name ? '' : name
    for (const chip of chips) chip.setAttribute('aria-pressed', String(chip.dataset['mark'] === picked))
    changed(MARKS.find((mark) => mark.name === picked)?.has ?? (() => true))
  }
  byId('suite-filter').replaceChildren(...chips)
  return () => pick(picked)
}
