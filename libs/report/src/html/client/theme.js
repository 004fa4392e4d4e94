import { byId } from './dom.js'

const KEY = 'muster-theme'

/** Follows the system until somebody chooses; remembers the choice where the browser lets a file do so. */
export function initTheme() {
  const root = document.documentElement
  const remembered = recall()
  if (remembered === 'light' || remembered === 'dark') root.dataset['theme'] = remembered
  const button = byId('theme')
  const isDark = () =>
    root.dataset['theme']
      ? root.dataset['theme'] === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches
  const name = () => (button.textContent = isDark() ? 'Light' : 'Dark')
  button.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark'
    remember(root.dataset['theme'])
    name()
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name)
  name()
}

function recall() {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** @param {string} theme */
function remember(theme) {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // A page opened from a file may have no storage: the choice lasts as long as the page.
  }
}
