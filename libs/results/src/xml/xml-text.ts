import { stripVTControlCharacters } from 'node:util'

/**
 * Characters that XML 1.0 can't hold, not even as references, and surrogates that stand alone.
 * They are what is looked for.
 */
// oxlint-disable-next-line no-control-regex
const ILLEGAL = /[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

const visible = (char: string): string => {
  const code = char.charCodeAt(0).toString(16)
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code}`
}

/** `text` with what XML can't hold made visible (`\x1b`), so that different names stay different. */
export const xmlLegal = (text: string): string => text.replaceAll(ILLEGAL, visible)

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
const escape = (char: string): string => ESCAPES[char] ?? char

/** For an attribute in double quotes; line breaks and tabs survive the parser's normalisation. */
export const xmlAttribute = (text: string): string => xmlLegal(text).replaceAll(/[&<>"\t\n\r]/g, escape)

/** For element content, without terminal colours. `>` is escaped too: `]]>` is illegal in content. */
export const xmlContent = (text: string): string =>
  xmlLegal(stripVTControlCharacters(text)).replaceAll(/[&<>\r]/g, escape)
