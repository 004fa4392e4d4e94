import { byId, el } from './dom.js'
import { clock, duration, statusWord } from './format.js'
import { chainView } from './chain-view.js'
import { suiteLink } from './links.js'

/** Bars beyond this are left out, shortest first, and the page says so. */
const MAX_BARS = 3000

/**
 * @typedef {import('./model.js').ReportSuite} Suite
 * @typedef {{ suite: Suite, attempt: Suite['attempts'][number] }} Bar
 *
 * What all bars are drawn in: times in milliseconds, and the executions that the end of the run waited for.
 * @typedef {{ start: number, span: number, tip: HTMLElement, held: ReadonlySet<string> }} Chart
 */

/**
 * Which worker ran what, when. Cached suites took no worker and are not here.
 * @param {import('./model.js').ReportData} data
 */
export function renderTimeline(data) {
  const all = data.suites.flatMap((suite) => suite.attempts.map((attempt) => ({ suite, attempt })))
  if (all.length === 0) return
  byId('timeline').hidden = false
  for (const link of document.querySelectorAll('[data-nav="timeline"]')) link.removeAttribute('hidden')
  const bars = all.toSorted((a, b) => b.attempt.durationMs - a.attempt.durationMs).slice(0, MAX_BARS)
  const ends = all.map(({ attempt }) => attempt.startedAt + attempt.durationMs)
  const start = data.run.startedAt
  const span = Math.max(1, ends.reduce((a, b) => Math.max(a, b), data.run.finishedAt) - start)
  const lanes = Map.groupBy(bars, (bar) => bar.attempt.worker)
  const workers = [...lanes.keys()].sort((a, b) => a - b)
  const tip = el('div', { class: 'tip', role: 'status', hidden: true })
  const held = new Set(data.chain.map(({ unit, ordinal }) => `${unit}@${ordinal}`))
  const chart = el('div', { class: 'chart', role: 'group', 'aria-label': 'What each worker ran' })
  chart.append(...workers.map((worker) => lane(worker, lanes.get(worker) ?? [], { start, span, tip, held })))
  chart.append(axis(span), tip)
  chart.addEventListener('keydown', (event) => moveFocus(event, chart))
  const first = chart.querySelector('.segment')
  if (first) first.setAttribute('tabindex', '0')
  const rest = all.length - bars.length
  byId('timeline-chart').replaceChildren(
    chainView(data),
    chart,
    rest > 0 ? el('p', { class: 'quiet' }, `${rest} shorter executions are left out.`) : '',
  )
}

/**
 * @param {number} worker
 * @param {Bar[]} bars
 * @param {Chart} chart
 */
function lane(worker, bars, chart) {
  const track = el('div', { class: 'track' })
  const busy = bars.reduce((sum, { attempt }) => sum + attempt.durationMs, 0)
  for (const bar of bars.toSorted((a, b) => a.attempt.startedAt - b.attempt.startedAt)) {
    track.append(segment(bar, chart))
  }
  const share = `${Math.min(100, Math.round((100 * busy) / chart.span))} %`
  return el(
    'div',
    { class: 'lane' },
    el('span', { class: 'lane-name' }, `Worker ${worker + 1}`, el('span', { class: 'quiet' }, ` ${share}`)),
    track,
  )
}

/**
 * @param {Bar} bar
 * @param {Chart} chart
 */
function segment({ suite, attempt }, { start, span, tip, held }) {
  const again = attempt.ordinal > 1 ? `, attempt ${attempt.ordinal}` : ''
  // A second execution that only replaces one that didn't count is no retry.
  const retried = suite.attempts.some(
    (each) => each.unit === attempt.unit && each.ordinal < attempt.ordinal && !each.superseded,
  )
  const classes = ['segment', attempt.superseded ? 'superseded' : attempt.status]
  if (retried) classes.push('retry')
  if (held.has(`${attempt.unit}@${attempt.ordinal}`)) classes.push('held')
  const from = duration(attempt.startedAt - start)
  const text = `${attempt.unit}${again}: ${statusWord(attempt.status)} in ${duration(attempt.durationMs)}`
  const bar = el(
    'a',
    {
      class: classes.join(' '),
      href: suiteLink(suite.name),
      tabindex: -1,
      'aria-label': `${text}, worker ${attempt.worker + 1}, from ${from}`,
    },
    el('span', {}, retried ? `↺ ${attempt.unit}` : attempt.unit),
  )
  bar.style.left = `${(100 * (attempt.startedAt - start)) / span}%`
  bar.style.width = `${(100 * attempt.durationMs) / span}%`
  const show = () => {
    tip.replaceChildren(el('b', {}, text), el('span', {}, `at ${from} (${clock(attempt.startedAt)})`))
    tip.hidden = false
    const chart = tip.parentElement?.getBoundingClientRect() ?? new DOMRect()
    const box = bar.getBoundingClientRect()
    const left = Math.max(0, Math.min(box.left - chart.left, chart.width - tip.offsetWidth))
    tip.style.left = `${left}px`
    tip.style.top = `${box.bottom - chart.top + 6}px`
  }
  const hide = () => (tip.hidden = true)
  bar.addEventListener('mouseenter', show)
  bar.addEventListener('mouseleave', hide)
  bar.addEventListener('focus', show)
  bar.addEventListener('blur', hide)
  return bar
}

/** Five to ten round steps. @param {number} span milliseconds */
function axis(span) {
  const rough = span / 6
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = magnitude * ([1, 2, 5, 10].find((each) => each * magnitude >= rough) ?? 10)
  const scale = el('div', { class: 'axis', 'aria-hidden': 'true' })
  for (let at = 0; at <= span; at += step) {
    const tick = el('span', {}, at === 0 ? '0' : tickText(at, step))
    tick.style.left = `${(100 * at) / span}%`
    scale.append(tick)
  }
  return el('div', { class: 'lane' }, el('span', { class: 'lane-name' }), scale)
}

/**
 * @param {number} at
 * @param {number} step
 */
function tickText(at, step) {
  if (step < 1000 && at < 1000) return `${Math.round(at)} ms`
  return at < 60_000 ? `${Number((at / 1000).toFixed(2))} s` : duration(at)
}

/**
 * One stop of the tab key for the whole chart; arrows move inside, up and down between workers.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} chart
 */
function moveFocus(event, chart) {
  const current = document.activeElement
  if (!(current instanceof HTMLElement) || !current.classList.contains('segment')) return
  const next = neighbour(event.key, current, chart)
  if (!next) return
  event.preventDefault()
  current.tabIndex = -1
  next.tabIndex = 0
  next.focus()
}

/**
 * @param {string} key
 * @param {HTMLElement} current
 * @param {HTMLElement} chart
 * @returns {HTMLElement | undefined}
 */
function neighbour(key, current, chart) {
  const side =
    key === 'ArrowRight'
      ? current.nextElementSibling
      : key === 'ArrowLeft'
        ? current.previousElementSibling
        : null
  if (side instanceof HTMLElement) return side
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (step === 0) return undefined
  const tracks = [...chart.querySelectorAll('.track')]
  const track = tracks[tracks.findIndex((each) => each.contains(current)) + step]
  const left = current.offsetLeft
  /** @param {HTMLElement} each */
  const distance = (each) => Math.abs(each.offsetLeft - left)
  return [...(track?.children ?? [])]
    .filter((each) => each instanceof HTMLElement)
    .toSorted((a, b) => distance(a) - distance(b))[0]
}
