import type { CaseRef } from '@muster/model'
import { NO_TEST } from './case-filter.ts'

/** Beyond this a command is no longer something to read. */
const LONGEST = 400

/**
 * Mocha's options that run these cases alone, for a command that people type. Empty when there are no cases, or too
 * many, when some are hooks, or when the user's own filter stands there. Mocha joins titles by spaces, so that
 * in rare files namesakes run, too.
 */
export function grepCases(
  cases: readonly CaseRef[],
  parsed: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (cases.length === 0) return []
  if (['grep', 'fgrep', 'invert'].some((name) => parsed[name] !== undefined && parsed[name] !== false))
    return []
  if (cases.some(({ path }) => NO_TEST.test(path.at(-1) ?? ''))) return []
  const titles = [...new Set(cases.map(({ path }) => escaped(path.join(' '))))]
  const pattern = titles.length === 1 ? `^${titles[0]}$` : `^(${titles.join('|')})$`
  return pattern.length > LONGEST ? [] : [`--grep=${pattern}`]
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
