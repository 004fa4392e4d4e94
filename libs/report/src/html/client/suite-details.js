import { statusBadge, tag } from './badges.js'
import { el } from './dom.js'
import { outputViews, reproduceView } from './error-view.js'
import { bytes, duration } from './format.js'

/**
 * @typedef {import('./model.js').ReportSuite} Suite
 * @typedef {import('./model.js').ReportAttempt} Attempt
 */

/**
 * Everything known of a suite beyond its row.
 * @param {Suite} suite
 */
export function suiteDetails(suite) {
  return el(
    'div',
    { class: 'inset' },
    suite.message ? el('p', {}, suite.message) : null,
    suite.attempts.length > 0 ? attemptTable(suite) : null,
    suite.plan ? scoreView(suite.plan) : null,
    suite.dependsOn.length > 0 ? el('p', { class: 'quiet' }, `After ${suite.dependsOn.join(', ')}`) : null,
    suite.hash ? el('p', { class: 'quiet' }, 'Hash ', el('code', {}, suite.hash)) : null,
    suite.reproduce ? reproduceView(suite.reproduce) : null,
    ...outputViews(suite),
  )
}

const HEADS = [
  'Attempt',
  'Result',
  'Worker',
  'Time',
  'Estimate',
  'CPU',
  'Cores',
  'Peak memory',
  'Read, written',
]

/**
 * A row an attempt, the shards one after the other.
 * @param {Suite} suite
 */
function attemptTable(suite) {
  const units = new Map(suite.units.map((unit) => [unit.id, unit]))
  const heads = HEADS.map((head, index) => el('th', { scope: 'col', class: index > 2 ? 'number' : '' }, head))
  const rows = suite.attempts.map((attempt) => attemptRow(suite, attempt, units.get(attempt.unit)))
  return el(
    'div',
    { class: 'scroll-x' },
    el('table', { class: 'attempts' }, el('thead', {}, el('tr', {}, ...heads)), el('tbody', {}, ...rows)),
  )
}

/**
 * @param {Suite} suite
 * @param {Attempt} attempt
 * @param {Suite['units'][number] | undefined} unit
 */
function attemptRow(suite, attempt, unit) {
  const { usage } = attempt
  const shard = unit?.shard ? `shard ${unit.shard.index}/${unit.shard.of}, ` : ''
  const files = unit?.files ? `${unit.files.length} file${unit.files.length === 1 ? '' : 's'}` : ''
  const known = usage !== undefined
  const sampled = usage !== undefined && usage.samples > 0
  const cells = [
    duration(attempt.durationMs),
    unit && unit.estimateMs > 0 ? duration(unit.estimateMs) : '–',
    known ? duration(usage.cpuMs) : '–',
    sampled ? `${usage.averageCpus.toFixed(1)}, peak ${usage.peakCpus.toFixed(1)}` : '–',
    known && usage.peakMemoryBytes > 0 ? bytes(usage.peakMemoryBytes) : '–',
    known ? `${bytes(usage.readBytes)}, ${bytes(usage.writtenBytes)}` : '–',
  ]
  return el(
    'tr',
    {},
    el(
      'th',
      { scope: 'row', title: unit?.files?.join('\n') },
      `${shard}attempt ${attempt.ordinal}`,
      files ? el('span', { class: 'quiet' }, ` (${files})`) : null,
    ),
    el(
      'td',
      {},
      statusBadge(attempt.status),
      attempt.superseded ? tag('not counted', '', attempt.superseded) : null,
      attempt.superseded ? el('p', { class: 'why' }, attempt.superseded) : null,
    ),
    el('td', {}, `${attempt.worker + 1} (${attempt.isolation})`),
    ...cells.map((text) => el('td', { class: 'number' }, text)),
  )
}

/** Why it was run when it was. @param {NonNullable<Suite['plan']>} plan */
function scoreView(plan) {
  const { total, parts } = plan.score
  const rows = parts.map((part) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, part.name),
      el('td', { class: 'number' }, String(Math.round(part.value * 100) / 100)),
      el('td', { class: 'wide' }, part.why),
    ),
  )
  const summary = `Score ${Math.round(total * 10) / 10}, priority ${plan.priority}, phase ${plan.phase + 1}`
  if (rows.length === 0) return el('p', { class: 'quiet' }, summary)
  return el(
    'details',
    { class: 'fold score' },
    el('summary', {}, summary),
    el('div', { class: 'scroll-x' }, el('table', {}, el('tbody', {}, ...rows))),
  )
}
