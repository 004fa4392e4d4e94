import { el } from './dom.js'
import { duration } from './format.js'
import { suiteLink } from './links.js'

/** Of a longer chain, the end: that is where most can be won. */
const MAX_LINKS = 8

const WORDS = {
  start: '',
  dependency: 'which waited for the one before',
  worker: 'on the same worker',
  retry: 'again',
}

/**
 * Which executions determined when the run ended, and how busy the workers were.
 * @param {import('./model.js').ReportData} data
 */
export function chainView(data) {
  const { chain, run } = data
  const share = `Workers ${Math.round(100 * run.utilisation)} % busy from the first start to the last end.`
  const facts = el('p', { class: 'quiet' }, share)
  if (chain.length < 2) return facts
  const shown = chain.slice(-MAX_LINKS)
  const items = shown.map((link, index) => {
    const first = index === 0 && chain.length === shown.length
    const waited = link.waitedMs >= 100 ? ` after ${duration(link.waitedMs)} of waiting` : ''
    return el(
      'li',
      { class: first ? 'start' : link.after, title: WORDS[link.after] || undefined },
      el('a', { href: suiteLink(link.suite) }, link.unit),
      ` ${duration(link.durationMs)}`,
      el('span', { class: 'quiet' }, `${link.after === 'retry' ? ' retry' : ''}${waited}`),
    )
  })
  const rest = chain.length - shown.length
  if (rest > 0) items.unshift(el('li', { class: 'start' }, `${rest} before`))
  const title = el('p', {}, el('b', {}, 'What held up the run'), ' ')
  return el('div', { class: 'held-up' }, title, el('ol', { class: 'chain' }, ...items), legend(), facts)
}

const legend = () =>
  el(
    'p',
    { class: 'quiet' },
    'Each waited for the one before: ⇢ because it depends on it, → because it needed its worker, ↺ as its retry. ',
    'These are underlined below; making anything else faster doesn’t end the run earlier.',
  )
