/** Runs in the reader's browser: plain JavaScript that makes elements, never markup, of what it is given. */
export const PAGE_SCRIPT = String.raw`
const { title, record, diff, files } = JSON.parse(document.getElementById('data').textContent)
const app = document.getElementById('app')
const METRICS = ['lines', 'branches', 'functions', 'statements']
const state = { query: '', gapsOnly: false, sort: 'path' }
const el = (name, props = {}, ...children) => {
  const node = Object.assign(document.createElement(name), props)
  node.append(...children)
  return node
}
const percent = ({ covered, total }) => total === 0 ? 100 : Math.floor(1000 * covered / total) / 10
const tone = (value) => value >= 90 ? 'good' : value >= 70 ? 'mid' : 'bad'
const shown = (part) => part.total === 0 ? '–' : percent(part).toFixed(1) + ' %'
const bar = (part) => {
  const fill = el('i', { className: tone(percent(part)) })
  fill.style.width = percent(part) + '%'
  return el('div', { className: 'bar' }, fill)
}
const card = (name, part) => el('div', { className: 'card' },
  el('b', { className: part.total === 0 ? '' : tone(percent(part)), textContent: shown(part) }),
  el('span', { textContent: name + ' · ' + part.covered + ' of ' + part.total }), bar(part))
const numbers = (totals) => METRICS.map((metric) => el('td', {
  className: 'n ' + (totals[metric].total === 0 ? '' : tone(percent(totals[metric]))),
  textContent: shown(totals[metric]), title: totals[metric].covered + ' of ' + totals[metric].total }))
const header = (...children) => [
  el('h1', {}, el('a', { href: '#', textContent: 'Coverage' })),
  el('p', { className: 'sub', textContent: title }), ...children]
const by = {
  path: (a, b) => a.path < b.path ? -1 : 1,
  ...Object.fromEntries(METRICS.map((metric) => [metric, (a, b) => percent(a.totals[metric]) - percent(b.totals[metric]) || by.path(a, b)])),
}
function rows() {
  const query = state.query.toLowerCase()
  const wanted = files.filter((file) => file.path.toLowerCase().includes(query) &&
    (!state.gapsOnly || METRICS.some((metric) => file.totals[metric].covered < file.totals[metric].total)))
  return record.projects.flatMap((project) => {
    const own = wanted.filter((file) => file.project === project.name).sort(by[state.sort])
    if (own.length === 0) return []
    return [
      el('tr', { className: 'project' }, el('td', { textContent: project.name === '.' ? 'no project' : project.name }),
        el('td', { className: 'b' }, bar(project.totals.lines)), ...numbers(project.totals)),
      ...own.map((file) => el('tr', {}, el('td', { className: 'f' }, el('a', { href: '#' + encodeURIComponent(file.path), textContent: file.path })),
        el('td', { className: 'b' }, bar(file.totals.lines)), ...numbers(file.totals))),
    ]
  })
}
function overview() {
  const body = el('tbody', {}, ...rows())
  const redraw = () => body.replaceChildren(...rows())
  const sorter = (name, label, className) => el('th', { className }, el('button', { type: 'button', textContent: label, title: 'sort by this', onclick: () => { state.sort = name; redraw() } }))
  const search = el('input', { type: 'search', placeholder: 'Filter files', value: state.query, oninput: () => { state.query = search.value; redraw() } })
  const gaps = el('input', { type: 'checkbox', checked: state.gapsOnly, onchange: () => { state.gapsOnly = gaps.checked; redraw() } })
  app.replaceChildren(...header(
    el('div', { className: 'cards' }, ...METRICS.map((metric) => card(metric, record.totals[metric])), ...(diff ? [card('changed lines since ' + diff.revision, diff.lines)] : [])),
    el('div', { className: 'tools' }, search, el('label', {}, gaps, ' only files with gaps')),
    el('div', { className: 'wide' }, el('table', {}, el('thead', {}, el('tr', {}, sorter('path', 'file', ''), el('th', { className: 'b' }), ...METRICS.map((metric) => sorter(metric, metric, 'n')))), body))))
}
function sourceRow(file, text, index) {
  const line = index + 1
  const hits = file.hits[line]
  const gaps = file.gaps[line] ?? []
  const kind = hits === undefined ? (gaps.length > 0 ? 'gap' : '') : hits === 0 ? 'miss' : gaps.length > 0 ? 'gap' : 'hit'
  return el('tr', { className: kind + (file.missing.includes(line) ? ' changed' : ''), id: 'L' + line },
    el('td', { className: 'l', textContent: line }), el('td', { className: 'h', textContent: hits === undefined ? '' : hits === 0 ? '0' : hits + '×' }),
    el('td', {}, text, ...(gaps.length > 0 ? [el('span', { className: 'why', textContent: gaps.join('; ') })] : [])))
}
function source(file) {
  app.replaceChildren(...header(
    el('p', {}, el('a', { href: '#', textContent: '‹ all files' })),
    el('h2', { textContent: file.path }),
    el('div', { className: 'cards' }, ...METRICS.map((metric) => card(metric, file.totals[metric]))),
    file.text === undefined ? el('p', { textContent: 'Its text is not in this report.' })
      : el('div', { className: 'scroll' }, el('table', { className: 'source' }, el('tbody', {}, ...file.text.split('\n').map((text, index) => sourceRow(file, text, index)))))))
  scrollTo(0, 0)
}
function show() {
  const path = decodeURIComponent(location.hash.slice(1))
  const file = files.find((each) => each.path === path)
  document.title = file ? path + ' – coverage' : 'Coverage'
  if (file) source(file)
  else overview()
}
addEventListener('hashchange', show)
show()
`
