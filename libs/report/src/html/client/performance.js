import { byId, el } from './dom.js'
import { change, metric } from './format-metric.js'
import { suiteLink } from './links.js'
import { samplePlot } from './sample-plot.js'

/**
 * @typedef {import('./model.js').ReportSuite} Suite
 * @typedef {NonNullable<Suite['comparisons']>[number]} Comparison
 * @typedef {{ suite: Suite, comparison: Comparison }} Finding
 */

/** In the order of what somebody may have to act upon. */
const WORDS = /** @type {const} */ ({
  regression: 'suspected regression',
  improvement: 'improvement',
  unusable: 'not comparable',
  'too-noisy': 'too noisy to say',
  'too-few-samples': 'too few samples',
  'other-machine': 'other machine class',
  'no-baseline': 'no baseline',
  unchanged: 'unchanged',
})

/** More cards without news than this are folded away. */
const FEW = 10

/** @param {Comparison} comparison */
const words = ({ verdict, confirmed }) =>
  verdict === 'regression' && confirmed ? 'regression' : WORDS[verdict]

/**
 * Everything that was measured, with its baseline, gravest verdict first.
 * @param {import('./model.js').ReportData} data
 */
export function renderPerformance(data) {
  const order = Object.keys(WORDS)
  /** @param {Finding} finding */
  const rank = ({ comparison }) => order.indexOf(comparison.verdict)
  const findings = data.suites
    .flatMap((suite) => (suite.comparisons ?? []).map((comparison) => ({ suite, comparison })))
    .toSorted((a, b) => rank(a) - rank(b))
  if (findings.length === 0) return
  byId('performance').hidden = false
  byId('performance-count').textContent = String(findings.length)
  for (const link of document.querySelectorAll('[data-nav="performance"]')) link.removeAttribute('hidden')
  const unchanged = findings.filter(({ comparison }) => comparison.verdict === 'unchanged')
  const folded = unchanged.length > FEW ? unchanged : []
  byId('performance-list').replaceChildren(
    legend(),
    ...findings.filter((each) => !folded.includes(each)).map(card),
    ...(folded.length > 0 ? [fold(folded)] : []),
    conditions(data.suites),
  )
}

/**
 * Drawn when it is opened: there may be hundreds.
 * @param {readonly Finding[]} findings
 */
function fold(findings) {
  const list = el('div', { class: 'benchmarks' })
  const details = el(
    'details',
    { class: 'unchanged' },
    el('summary', {}, `${findings.length} unchanged`),
    list,
  )
  details.addEventListener('toggle', () => list.append(...findings.map(card)), { once: true })
  return details
}

/** @param {Finding} finding */
function card({ suite, comparison }) {
  const { benchmark, metric: name, verdict, base, current, unit } = comparison
  const title = benchmark === '' ? name : benchmark
  return el(
    'article',
    { class: `benchmark ${verdict}` },
    el(
      'header',
      {},
      el(
        'h3',
        {},
        title,
        name !== 'duration' && benchmark !== '' && el('span', { class: 'quiet' }, ` ${name}`),
      ),
      el('a', { href: suiteLink(suite.name), class: 'quiet' }, suite.name),
      el('span', { class: 'benchmark-verdict' }, words(comparison)),
    ),
    samplePlot(comparison),
    el(
      'dl',
      { class: 'benchmark-facts' },
      ...(base ? fact('Baseline', metric(base.median, unit)) : []),
      ...fact('Now', metric(current.median, unit)),
      ...changeFacts(comparison),
    ),
    el('p', { class: 'quiet' }, comparison.reason),
  )
}

/** @param {Comparison} comparison */
function changeFacts({ change: found }) {
  if (!found) return []
  const interval = `${change(found.low)} to ${change(found.high)}`
  return [
    ...fact('Change', change(found.ratio)),
    ...fact(`Interval, ${Math.round(found.confidence * 100)} %`, interval),
    ...fact('Effect', `δ ${found.delta.toFixed(2).replace('-', '−')}`),
    ...fact('p', found.p < 0.001 ? '< 0.001' : found.p.toFixed(3)),
  ]
}

/**
 * @param {string} name
 * @param {string} value
 */
const fact = (name, value) => [el('div', {}, el('dt', {}, name), el('dd', {}, value))]

const legend = () =>
  el(
    'p',
    { class: 'quiet performance-legend' },
    'Each dot is a sample; the bar is the interval of the median. A suspicion is confirmed or dropped by a rerun: ',
    el('code', {}, 'npx muster baseline compare'),
    '.',
  )

/**
 * What it was measured on, which every number depends on.
 * @param {readonly Suite[]} suites
 */
function conditions(suites) {
  const items = suites.flatMap(({ name, measurement }) => {
    if (!measurement) return []
    const { machine, environment, othersCpus, commit } = measurement
    const facts = Object.entries(environment).map(([key, value]) => `${key} ${value}`)
    const loaded = othersCpus !== null && othersCpus >= 0.25
    return [
      el(
        'li',
        {},
        el('b', {}, name),
        ` on ${machine}${commit ? `, ${commit}` : ''}: ${facts.join(', ')}`,
        loaded &&
          el('b', { class: 'loaded' }, `; loaded: others kept ${othersCpus.toFixed(1)} cores busy meanwhile`),
      ),
    ]
  })
  return el('details', { class: 'conditions' }, el('summary', {}, 'Measured on'), el('ul', {}, ...items))
}
