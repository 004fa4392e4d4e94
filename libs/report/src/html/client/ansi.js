const SEQUENCE =
  // oxlint-disable-next-line no-control-regex
  /\u001B\[([\d;]*)m|\u001B\[[\d;?]*[A-Za-z]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)|\u001B./g
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F]/g

/**
 * Text with terminal colours as nodes: colours and weights become classes, other sequences go.
 * @param {string} text
 * @returns {DocumentFragment}
 */
export function ansi(text) {
  const fragment = document.createDocumentFragment()
  /** @type {Set<string>} */
  let classes = new Set()
  let from = 0
  /** @param {number} to */
  const push = (to) => {
    const piece = text.slice(from, to).replace(CONTROL, '')
    if (piece === '') return
    if (classes.size === 0) return fragment.append(piece)
    const span = document.createElement('span')
    span.className = [...classes].join(' ')
    span.textContent = piece
    fragment.append(span)
  }
  for (const match of text.matchAll(SEQUENCE)) {
    push(match.index)
    from = match.index + match[0].length
    if (match[1] !== undefined) classes = restyle(classes, match[1])
  }
  push(text.length)
  return fragment
}

/**
 * @param {Set<string>} before
 * @param {string} codes
 */
function restyle(before, codes) {
  const classes = new Set(before)
  const dropColor = () =>
    [...classes].filter((each) => /^fg\d/.test(each)).forEach((each) => classes.delete(each))
  for (const code of codes.split(';').map(Number)) {
    if (code === 0) classes.clear()
    else if (code === 1) classes.add('bold')
    else if (code === 2) classes.add('faint')
    else if (code === 3) classes.add('slanted')
    else if (code === 22) ['bold', 'faint'].forEach((each) => classes.delete(each))
    else if (code === 23) classes.delete('slanted')
    // 256 and true colours carry their numbers in the same list; the text stays readable without them.
    else if (code === 38 || code === 48) return classes
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      dropColor()
      classes.add(`fg${code % 10}`)
    } else if (code === 39) dropColor()
  }
  return classes
}
