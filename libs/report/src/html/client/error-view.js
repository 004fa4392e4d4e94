import { ansi } from './ansi.js'
import { attachmentsView } from './attachments-view.js'
import { copyButton, el } from './dom.js'

/**
 * Everything known about one case beyond its line: message, diff, stack, why it was skipped.
 * @param {import('./model.js').Case} testCase
 */
export function errorView(testCase) {
  const { detail, file } = testCase
  const view = el('div', { class: 'error' })
  if (detail?.quarantined !== undefined) {
    view.append(el('p', { class: 'caution' }, `In quarantine, doesn’t count: ${detail.quarantined}`))
  }
  if (detail?.hook) view.append(el('p', { class: 'quiet' }, 'A hook failed, not a test.'))
  if (detail?.message) view.append(el('pre', { class: 'message' }, ansi(messageText(detail))))
  if (detail?.diff) view.append(diffView(detail.diff))
  if (detail?.stack) view.append(stackView(detail.stack))
  if (detail?.attachments) view.append(attachmentsView(detail.attachments))
  if (detail?.metrics) view.append(metricsView(detail.metrics))
  if (detail?.skipReason) view.append(el('p', {}, `Skipped: ${detail.skipReason}`))
  if (testCase.status === 'flaky') {
    view.append(
      el('p', {}, `Passed at execution ${detail?.attempts}, after it had failed: flaky, not clean.`),
    )
  }
  if (detail?.earlier) view.append(...earlierViews(detail.earlier))
  if (testCase.notRerun !== undefined) {
    const from = testCase.notRerun === '' ? 'an earlier run' : `run ${testCase.notRerun}`
    view.append(el('p', { class: 'quiet' }, `Not executed in this run: the result is that of ${from}.`))
  }
  if (file) view.append(el('p', { class: 'quiet' }, el('code', {}, file)))
  if (!view.firstChild) view.append(el('p', { class: 'quiet' }, 'Nothing more was recorded about this test.'))
  return view
}

/** @param {NonNullable<import('./model.js').CaseDetail['metrics']>} metrics */
const metricsView = (metrics) =>
  el(
    'dl',
    { class: 'metrics' },
    ...metrics.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  )

/** @param {readonly string[]} earlier */
const earlierViews = (earlier) =>
  earlier.map((text, index) =>
    el(
      'details',
      { class: 'fold', open: index === 0 },
      el('summary', {}, `Execution ${index + 1} failed`),
      el('pre', { class: 'message' }, ansi(text)),
    ),
  )

/**
 * Assertion libraries put a diff of their own below the first line; the coloured one replaces it.
 * @param {import('./model.js').CaseDetail} detail
 */
function messageText(detail) {
  const message = detail.message ?? ''
  return detail.diff ? (message.split('\n', 1)[0] ?? '') : message
}

/** @param {NonNullable<import('./model.js').CaseDetail['diff']>} diff */
function diffView(diff) {
  const body = el('pre', { class: 'diff', 'aria-label': 'Difference between expected and actual' })
  for (const [index, line] of diff.entries()) {
    const sign = line.type === 'expected' ? '− ' : line.type === 'actual' ? '+ ' : '  '
    body.append(el('span', { class: line.type }, sign, ...changed(diff, index)), '\n')
  }
  const legend = el(
    'p',
    { class: 'legend' },
    el('span', { class: 'expected' }, '− expected'),
    el('span', { class: 'actual' }, '+ actual'),
  )
  return el('div', {}, legend, body)
}

/**
 * Marks what differs inside a line that was replaced by exactly one other.
 * @param {NonNullable<import('./model.js').CaseDetail['diff']>} diff
 * @param {number} index
 * @returns {(string | HTMLElement)[]}
 */
function changed(diff, index) {
  const line = diff[index]
  if (!line) return []
  const { text, type } = line
  const other = type === 'expected' ? diff[index + 1] : type === 'actual' ? diff[index - 1] : undefined
  const before = diff[type === 'expected' ? index - 1 : index - 2]?.type
  const after = diff[type === 'expected' ? index + 2 : index + 1]?.type
  const pair =
    other && other.type !== 'same' && other.type !== type && before !== 'expected' && after !== 'actual'
  if (!pair) return [text]
  let start = 0
  while (start < Math.min(text.length, other.text.length) && text[start] === other.text[start]) start++
  let end = 0
  const room = Math.min(text.length, other.text.length) - start
  while (end < room && text.at(-1 - end) === other.text.at(-1 - end)) end++
  const middle = text.slice(start, text.length - end)
  return middle === '' || middle === text
    ? [text]
    : [text.slice(0, start), el('mark', {}, middle), text.slice(text.length - end)]
}

/** @param {string} stack */
function stackView(stack) {
  const frames = stack.split('\n').filter((line) => /^\s*at /.test(line))
  const lines = frames.length > 0 ? frames : stack.split('\n')
  const body = el('pre', { class: 'stack' })
  for (const line of lines) {
    const foreign = /node:internal|node_modules|\(node:/.test(line)
    body.append(
      el('span', { class: foreign ? 'foreign' : '' }, ansi(line.trim().replace('file://', ''))),
      '\n',
    )
  }
  return body
}

/**
 * The command that repeats a suite, ready to copy.
 * @param {string} command
 */
export function reproduceView(command) {
  return el(
    'div',
    { class: 'reproduce' },
    el('span', { class: 'quiet' }, 'Reproduce'),
    el('code', {}, command),
    copyButton(command, 'the command'),
  )
}

/**
 * The captured output of its attempts, named by unit and attempt where there are several.
 * @param {import('./model.js').ReportSuite} suite
 * @returns {HTMLElement[]}
 */
export function outputViews(suite) {
  const several = suite.attempts.filter((attempt) => attempt.stdout || attempt.stderr).length > 1
  return suite.attempts.flatMap((attempt) => {
    const where = several ? ` of ${attempt.unit}, attempt ${attempt.ordinal}` : ''
    return /** @type {const} */ (['stdout', 'stderr']).flatMap((stream) => {
      const text = attempt[stream]
      if (!text) return []
      const body = el('pre', { class: 'output', tabindex: 0 }, ansi(text))
      return [el('details', { class: 'fold' }, el('summary', {}, `${stream}${where}`), body)]
    })
  })
}
