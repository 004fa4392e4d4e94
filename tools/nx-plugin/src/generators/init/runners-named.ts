import { err, ok, type Result } from '@muster/model'
import { INFERABLE } from '../../adoption/adopted-suite.ts'

/** The runners of a list with commas or spaces, in Muster's order; else which of them is none. */
export function runnersNamed(given: readonly string[] | string): Result<readonly string[], string> {
  const names = [given]
    .flat()
    .flatMap((each) => each.split(/[\s,]+/))
    .filter(Boolean)
  const unknown = names.filter((name) => !INFERABLE.includes(name))
  if (unknown.length > 0)
    return err(`there is no runner ${unknown.join(', ')}, expected some of ${INFERABLE.join(', ')}`)
  return ok(INFERABLE.filter((name) => names.includes(name)))
}
