const MARK = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]$/u
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]$/u

const characterWidth = (character: string): number => {
  // The common case first: this runs for every character of a live screen.
  if (character.length === 1 && character <= '\u02FF') return 1
  if (MARK.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** Terminal columns of one line without escape sequences. Close, not exact: terminals disagree about emoji. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** Cuts a line without escape sequences to `width` columns, with an ellipsis when something was cut. */
export function fitWidth(text: string, width: number, ellipsis = '…'): string {
  if (displayWidth(text) <= width) return text
  const room = width - displayWidth(ellipsis)
  if (room <= 0) return ''
  let used = 0
  let end = 0
  for (const character of text) {
    used += characterWidth(character)
    if (used > room) break
    end += character.length
  }
  return text.slice(0, end) + ellipsis
}

export const padWidth = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)))
