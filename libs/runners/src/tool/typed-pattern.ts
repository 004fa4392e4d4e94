import type { CaseRef } from '@muster/model'
import { escapePattern } from './escape-pattern.ts'

/** Beyond this a command is no longer something to read. */
const LONGEST = 400

/** Selects cases by their titles, in a command that people type: namesakes in the same files run, too. */
export function typedPattern(option: string, cases: readonly CaseRef[]): readonly string[] {
  if (cases.length === 0) return []
  const titles = [...new Set(cases.map(({ path }) => escapePattern(path.at(-1) ?? '')))]
  const pattern = titles.length === 1 ? titles[0]! : `(${titles.join('|')})`
  return pattern.length > LONGEST ? [] : [`${option}=${pattern}`]
}
