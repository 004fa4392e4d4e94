import { randomBytes } from 'node:crypto'

/**
 * Every process started for an attempt carries this variable, so that whatever it starts can be found
 * again, in its own session or not. The value is a path of tokens, `outer/inner`: a pool that runs
 * inside a test of another pool adds its own token and stays findable for the outer one.
 */
export const MARKER = 'MUSTER_ATTEMPT'

export const newToken = (): string => randomBytes(6).toString('hex')

export const markerValue = (outer: string | undefined, token: string): string =>
  outer === undefined || outer === '' ? token : `${outer}/${token}`

/** Tokens of a pool are `<pool>.<something>`. */
export const isOfPool = (pool: string, token: string): boolean => token.startsWith(`${pool}.`)

const PREFIX = Buffer.from(`${MARKER}=`)

/** The tokens in an environment block as `/proc/<pid>/environ` shows it: NUL-separated `name=value`. */
export function tokensOf(environ: Buffer): readonly string[] {
  let at = environ.indexOf(PREFIX)
  // Only at the start of an entry: another variable's name may end alike.
  while (at > 0 && environ[at - 1] !== 0) at = environ.indexOf(PREFIX, at + 1)
  if (at < 0) return []
  const end = environ.indexOf(0, at)
  return environ.toString('utf8', at + PREFIX.length, end < 0 ? environ.length : end).split('/')
}
