import { createStyle, type Style } from './style.ts'

/** The parts of a terminal or a pipe that matter here; `process.stdout` is one. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

type Env = Readonly<Record<string, string | undefined>>

/** Reads the terminal's width anew: call it again after a resize. */
export const streamStyle = (stream: OutputStream, env: Env): Style =>
  createStyle({
    color: wantsColor(stream, env),
    unicode: canUnicode(stream, env),
    width: stream.isTTY === true ? Math.max(20, stream.columns ?? 80) : Number.POSITIVE_INFINITY,
  })

/** https://no-color.org: any non-empty NO_COLOR wins; FORCE_COLOR turns colours on for a pipe. */
export function wantsColor(stream: OutputStream, env: Env): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const force = env['FORCE_COLOR']
  if (force !== undefined) return force !== '0' && force !== 'false'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

/** A pipe gets UTF-8; a terminal does unless it says that it can't show it. */
export function canUnicode(stream: OutputStream, env: Env): boolean {
  if (stream.isTTY !== true) return true
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return false
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((each) => (each ?? '') !== '')
  return locale === undefined || /utf-?8/i.test(locale)
}
