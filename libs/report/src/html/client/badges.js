import { el } from './dom.js'
import { statusWord } from './format.js'

/** Status is never told by colour alone. @type {Record<string, string>} */
const SIGNS = {
  passed: '✓',
  failed: '✗',
  skipped: '○',
  flaky: '≈',
  quarantined: '⊘',
  aborted: '■',
  'environment-error': '!',
  'no-device': '!',
}

/**
 * The word only for screen readers when the place is small.
 * @param {string} status
 * @param {boolean} [short]
 */
export function statusBadge(status, short = false) {
  const sign = el('span', { 'aria-hidden': 'true', class: 'sign' }, SIGNS[status] ?? '✗')
  const word = el('span', { class: short ? 'offscreen' : '' }, statusWord(status))
  return el('span', { class: `status ${status}` }, sign, word)
}

/**
 * @param {string} text
 * @param {string} [kind] 'warn' for what somebody should look at
 * @param {string} [title]
 */
export const tag = (text, kind = '', title = '') =>
  el('span', { class: kind === '' ? 'tag' : `tag ${kind}`, title: title || undefined }, text)
