import { stripVTControlCharacters } from 'node:util'

/** Control characters except tab and newline: they would move the cursor or ring the bell. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g
/** Overrides and isolates of the reading direction: one of them turns the rest of a line around. */
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/g

/** Text of a test, safe to print: no escape sequences, no control characters; lines are kept. */
export const plainText = (text: string): string =>
  stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replace(CONTROL, '').replace(DIRECTION, '')

/** The same on one line. */
export const plainLine = (text: string): string => plainText(text).replaceAll(/\s+/g, ' ').trim()
