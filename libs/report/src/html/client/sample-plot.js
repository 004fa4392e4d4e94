import { metric } from './format-metric.js'

/**
 * @typedef {import('./performance.js').Comparison} Comparison
 * @typedef {Comparison['current']} Side
 */

const WIDTH = 640
const ROW = 34
const LEFT = 70
const RIGHT = 20

const SVG = 'http://www.w3.org/2000/svg'

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  element.append(...children)
  return element
}

/**
 * All samples of both sides on one axis, each a dot, with the interval of the median.
 * @param {Comparison} comparison
 */
export function samplePlot({ base, current, unit }) {
  const rows = [...(base ? [{ name: 'Baseline', side: base }] : []), { name: 'Now', side: current }]
  const values = rows.flatMap(({ side }) => [...side.samples, side.low, side.high])
  const least = values.reduce((a, b) => Math.min(a, b))
  const most = values.reduce((a, b) => Math.max(a, b))
  const room = (most - least || Math.abs(most) || 1) * 0.05
  const from = least - room
  const span = most + room - from
  /** @param {number} value */
  const x = (value) => LEFT + ((value - from) / span) * (WIDTH - LEFT - RIGHT)
  const height = rows.length * ROW + 22
  const text = rows.map(({ name, side }) => `${name} ${metric(side.median, unit)}`).join(', ')
  const plot = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: 'img',
    'aria-label': text,
    class: 'samples',
  })
  for (const [index, { name, side }] of rows.entries())
    plot.append(...row(name, side, index * ROW + ROW / 2, x))
  const bottom = rows.length * ROW
  plot.append(svg('line', { class: 'plot-axis', x1: LEFT, x2: WIDTH - RIGHT, y1: bottom, y2: bottom }))
  for (const [value, anchor] of /** @type {const} */ ([
    [least, 'start'],
    [most, 'end'],
  ])) {
    if (anchor === 'end' && most === least) continue
    plot.append(
      svg(
        'text',
        { x: anchor === 'start' ? LEFT : WIDTH - RIGHT, y: bottom + 16, 'text-anchor': anchor },
        metric(value, unit),
      ),
    )
  }
  return plot
}

/**
 * @param {string} name
 * @param {Side} side
 * @param {number} y
 * @param {(value: number) => number} x
 */
function row(name, side, y, x) {
  const kind = name === 'Now' ? 'now' : 'before'
  const width = Math.max(2, x(side.high) - x(side.low))
  return [
    svg('text', { x: 0, y: y + 4 }, name),
    svg('rect', { class: `interval ${kind}`, x: x(side.low), y: y - 9, width, height: 18, rx: 3 }),
    // Apart a little, so that equal samples are seen to be many.
    ...side.samples.map((value, index) =>
      svg('circle', { class: `sample ${kind}`, cx: x(value), cy: y + ((index % 5) - 2) * 2.5, r: 3 }),
    ),
    svg('line', { class: `middle ${kind}`, x1: x(side.median), x2: x(side.median), y1: y - 12, y2: y + 12 }),
  ]
}
