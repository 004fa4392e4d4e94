import { statusBadge, tag } from './badges.js'
import { byId, el } from './dom.js'
import { errorView } from './error-view.js'
import { nameParts } from './failures.js'
import { counted, duration } from './format.js'
import { caseLink } from './links.js'

/** @typedef {import('./model.js').Case} Case */

const ROW = 34
/** Rows made above and below what is seen, so that fast scrolling shows no gaps. */
const MARGIN = 10

/**
 * A list that only makes the rows in sight, so that its length costs nothing. One case may be open; the rows
 * below it are shifted by its height.
 */
export class CaseList {
  /** @type {readonly Case[]} */ #cases = []
  #total = 0
  /** Index of the row that the keyboard is at. */
  #active = 0
  /** @type {Case | undefined} */ #open
  #openHeight = 0
  #space = el('div', { class: 'space' })
  #scroller = el('div', { class: 'rows', role: 'listbox', tabindex: 0, 'aria-label': 'Tests' }, this.#space)
  #panel = el('div', { class: 'panel', id: 'case-panel', role: 'region', 'aria-label': 'The open test' })

  constructor() {
    byId('case-list').replaceChildren(this.#scroller)
    this.#scroller.addEventListener('scroll', () => this.#render(), { passive: true })
    this.#scroller.addEventListener('keydown', (event) => this.#key(event))
    this.#scroller.addEventListener('click', (event) => this.#click(event))
    new ResizeObserver(() => this.#measure()).observe(this.#panel)
    new ResizeObserver(() => this.#render()).observe(this.#scroller)
  }

  /**
   * @param {readonly Case[]} cases what matches
   * @param {number} total of all
   */
  show(cases, total) {
    this.#cases = cases
    this.#total = total
    this.#active = 0
    if (this.#open && !cases.includes(this.#open)) this.#open = undefined
    this.#scroller.scrollTop = 0
    const some = cases.length === total ? '' : `${cases.length.toLocaleString('en')} of `
    byId('case-count').textContent = `${some}${counted(total, 'test')}`
    this.#render()
  }

  /** @param {Case} testCase */
  reveal(testCase) {
    const index = this.#cases.indexOf(testCase)
    if (index < 0) return
    this.#active = index
    this.#open = testCase
    this.#render()
    this.#scroller.scrollTop = Math.max(0, index * ROW - 2 * ROW)
    this.#render()
    byId('tests').scrollIntoView({ block: 'start' })
    this.#scroller.focus({ preventScroll: true })
  }

  focus() {
    this.#scroller.focus()
  }

  /** @param {number} index */
  #top(index) {
    const openAt = this.#openIndex()
    return index * ROW + (openAt >= 0 && index > openAt ? this.#openHeight : 0)
  }

  #openIndex() {
    return this.#open ? this.#cases.indexOf(this.#open) : -1
  }

  #render() {
    const { scrollTop, clientHeight } = this.#scroller
    const count = this.#cases.length
    const openAt = this.#openIndex()
    this.#space.style.height = `${count * ROW + (openAt >= 0 ? this.#openHeight : 0)}px`
    const shift = openAt >= 0 && scrollTop > (openAt + 1) * ROW ? this.#openHeight : 0
    const first = Math.max(0, Math.floor((scrollTop - shift) / ROW) - MARGIN)
    const last = Math.min(count, Math.ceil((scrollTop + clientHeight) / ROW) + MARGIN)
    const rows = []
    for (let index = first; index < last; index++) {
      const testCase = this.#cases[index]
      if (testCase) rows.push(this.#row(testCase, index))
    }
    if (openAt >= 0) {
      this.#fillPanel()
      this.#panel.style.top = `${(openAt + 1) * ROW}px`
      rows.push(this.#panel)
    }
    if (count === 0)
      rows.push(el('p', { class: 'empty' }, this.#total === 0 ? 'No tests were run.' : 'No test matches.'))
    this.#space.replaceChildren(...rows)
    this.#scroller.setAttribute('aria-activedescendant', `case-${this.#active}`)
  }

  /**
   * @param {Case} testCase
   * @param {number} index
   */
  #row(testCase, index) {
    const row = el(
      'div',
      {
        class: index === this.#active ? 'row active' : 'row',
        role: 'option',
        id: `case-${index}`,
        'data-index': index,
        'aria-selected': index === this.#active ? 'true' : 'false',
        'aria-expanded': testCase === this.#open ? 'true' : 'false',
        'aria-posinset': index + 1,
        'aria-setsize': this.#cases.length,
        title: testCase.file,
      },
      statusBadge(testCase.status, true),
      el(
        'span',
        { class: 'name' },
        ...nameParts(testCase),
        testCase.notRerun === undefined ? null : tag('not rerun'),
      ),
      el('span', { class: 'suite quiet' }, testCase.suite.name),
      el('span', { class: 'time quiet' }, duration(testCase.durationMs)),
    )
    row.style.top = `${this.#top(index)}px`
    return row
  }

  #fillPanel() {
    const testCase = this.#open
    if (!testCase || this.#panel.dataset['case'] === caseLink(testCase)) return
    this.#panel.dataset['case'] = caseLink(testCase)
    this.#panel.replaceChildren(errorView(testCase))
  }

  #measure() {
    const height = this.#panel.offsetHeight
    if (height === this.#openHeight) return
    this.#openHeight = height
    this.#render()
  }

  /** @param {number} index */
  #toggle(index) {
    const testCase = this.#cases[index]
    if (!testCase) return
    this.#active = index
    this.#open = this.#open === testCase ? undefined : testCase
    if (this.#open) history.replaceState(null, '', caseLink(testCase))
    this.#render()
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const row = event.target instanceof Element ? event.target.closest('.row') : null
    if (row instanceof HTMLElement) this.#toggle(Number(row.dataset['index']))
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / ROW) - 1)
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }
    const move = moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      this.#active = Math.max(0, Math.min(this.#cases.length - 1, this.#active + move))
      this.#scrollToActive()
      this.#render()
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      this.#toggle(this.#active)
    } else if (event.key === 'Escape' && this.#open) {
      this.#open = undefined
      this.#render()
    }
  }

  #scrollToActive() {
    const top = this.#top(this.#active)
    const { scrollTop, clientHeight } = this.#scroller
    if (top < scrollTop) this.#scroller.scrollTop = top
    else if (top + ROW > scrollTop + clientHeight) this.#scroller.scrollTop = top + ROW - clientHeight
  }
}
