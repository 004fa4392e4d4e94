import { DAY_MS, dayMs, dayOf, err, LONGEST_QUARANTINE_DAYS, ok, type Result } from '@muster/model'

/** A word for a POSIX shell. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/** "14d", "2w" or "2030-01-31" as a day; an error says what is wrong with it. @param nowMs since the epoch */
export function untilDay(text: string, nowMs: number): Result<string, string> {
  const [, count, unit] = /^(\d{1,6})([dw])$/.exec(text) ?? []
  const day = count === undefined ? text : dayOf(nowMs + Number(count) * (unit === 'w' ? 7 : 1) * DAY_MS)
  const ms = dayMs(day)
  const last = dayOf(nowMs + LONGEST_QUARANTINE_DAYS * DAY_MS)
  if (Number.isNaN(ms)) return err(`expected a day such as 2030-01-31, or 14d, or 2w, found "${text}"`)
  if (ms < dayMs(dayOf(nowMs))) return err(`${day} is over already`)
  if (ms <= dayMs(last)) return ok(day)
  return err(
    `a quarantine is no grave: it lasts at most ${LONGEST_QUARANTINE_DAYS} days, until ${last}; found ${day}`,
  )
}

/** `"group › adds" of unit-core`, or `all of unit-core`. */
export const quoted = (suite: string, caseName: string | undefined): string =>
  caseName === undefined ? `all of ${suite}` : `"${caseName}" of ${suite}`
