/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | undefined | ((event: any) => void)>} Props
 */

/**
 * Makes an element. Text always becomes a text node, so that nothing a test printed is ever read as HTML.
 * `on…` functions become listeners; `true` an empty attribute; `false` and undefined none.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value))
  }
  for (const child of children) if (child) element.append(child)
  return element
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  // A team's template may leave a section out: what would go there goes nowhere.
  return document.getElementById(id) ?? document.createElement('div')
}

/**
 * A button that copies text, and says so.
 * @param {string} text
 * @param {string} label
 */
export function copyButton(text, label) {
  const button = el('button', { type: 'button', class: 'ghost copy', 'aria-label': `Copy ${label}` }, 'Copy')
  button.addEventListener('click', async () => {
    button.textContent = (await copy(text)) ? 'Copied' : 'Press Ctrl+C'
    setTimeout(() => (button.textContent = 'Copy'), 1500)
  })
  return button
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Pages opened from a file may not use the clipboard directly: the old way, through a selection.
    const area = el('textarea', { class: 'offscreen' })
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
