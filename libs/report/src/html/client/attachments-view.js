import { el } from './dom.js'

/** @typedef {import('../report-data.ts').AttachmentView} AttachmentView */

/**
 * Files that a case left: images small, and large when pressed; others as links to their copies beside the page.
 * @param {readonly AttachmentView[]} attachments
 */
export function attachmentsView(attachments) {
  const images = attachments.filter(({ image }) => image !== undefined)
  const others = attachments.filter(({ image }) => image === undefined)
  return el(
    'div',
    { class: 'attachments' },
    images.length > 0 && el('div', { class: 'thumbs' }, ...images.map(thumb)),
    others.length > 0 && el('ul', {}, ...others.map((each) => el('li', {}, ...line(each)))),
  )
}

/** @param {AttachmentView} attachment */
function thumb({ name, image, path }) {
  const show = () => enlarge(name, image ?? '', path)
  const button = el(
    'button',
    { type: 'button', class: 'thumb', 'aria-label': `Enlarge ${name}`, onclick: show },
    el('img', { src: image, alt: '', loading: 'lazy' }),
  )
  return el('figure', {}, button, el('figcaption', {}, name))
}

/**
 * @param {AttachmentView} attachment
 * @returns {import('./dom.js').Child[]}
 */
function line({ name, type, size, path, gone }) {
  const about = el('span', { class: 'quiet' }, ` ${[type, size].filter(Boolean).join(', ')}`)
  if (path === undefined) return [name, about, el('span', { class: 'quiet' }, `: ${gone}`)]
  return [el('a', { href: path, target: '_blank', rel: 'noopener' }, name), about]
}

/**
 * @param {string} name
 * @param {string} image
 * @param {string | undefined} path
 */
function enlarge(name, image, path) {
  const close = el('button', { type: 'button', class: 'ghost' }, 'Close')
  const title = path === undefined ? name : el('a', { href: path, target: '_blank', rel: 'noopener' }, name)
  const dialog = el(
    'dialog',
    { class: 'lightbox', 'aria-label': name },
    el('header', {}, title, close),
    el('img', { src: image, alt: name }),
  )
  close.addEventListener('click', () => dialog.close())
  // A press beside the image hits the dialog itself.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
