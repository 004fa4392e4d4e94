/**
 * Text for a Markdown table cell, a list item or an HTML element inside Markdown: everything that either gives a
 * meaning to, mentions and references included, becomes a character reference, which both read as itself.
 */
export const escapeMarkdown = (text: unknown): string =>
  String(text)
    .replaceAll(/\s+/g, ' ')
    .replace(/[&<>"'`*_[\]|\\~#@]/g, (character) => `&#${character.charCodeAt(0)};`)

/** A code fence longer than any run of backticks in the texts. */
export function fenceFor(texts: readonly string[]): string {
  let longest = 2
  for (const text of texts) {
    for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  }
  return '`'.repeat(longest + 1)
}
