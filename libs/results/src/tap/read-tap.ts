import { type FinalResults, Parser, type TapError } from 'tap-parser'
import type { FormatReader, ReaderEnd } from '../format-reader.ts'
import { TapCases } from './tap-cases.ts'
import { TapLines } from './tap-lines.ts'
import { withoutWarnings } from './without-warnings.ts'

/** TAP 13 and 14 with subtests. Lines that are no TAP are other output, and are passed over. */
export const readTap: FormatReader = async ({ chunks, cases, warnings, base }) => {
  const parser = new Parser()
  const tap = new TapCases(cases, base)
  tap.watch(parser, [])
  let planned = false
  let bailedOut = false
  let total: FinalResults | undefined
  const lines = new TapLines((line) => parser.write(`${line}\n`))
  parser.on('plan', () => (planned = true))
  parser.on('bailout', (reason: string) => {
    bailedOut = true
    warnings.add(`bailed out${reason ? `: ${reason.trim()}` : ''}`, { line: lines.line })
  })
  parser.on('complete', (results: FinalResults) => (total = results))

  for await (const chunk of chunks) withoutWarnings(() => lines.feed(chunk))
  withoutWarnings(() => lines.end())
  // The parser makes up an empty plan when there was nothing at all.
  const sawPlan = planned
  withoutWarnings(() => parser.end())
  tap.flush()

  if (!total || (!sawPlan && total.count === 0 && !bailedOut)) {
    warnings.add('holds no TAP')
    return { complete: false }
  }
  if (!bailedOut && !sawPlan) warnings.add(`has no plan after ${total.count} test points: it may be cut off`)
  const { count, plan } = total
  const expected = sawPlan && plan.start !== null && plan.end !== null ? plan.end - plan.start + 1 : undefined
  if (expected !== undefined && expected !== count && !bailedOut) {
    warnings.add(`planned ${expected} test points, but holds ${count}`)
  }
  for (const failure of total.failures) {
    const message = pointError(failure)
    if (message !== undefined) warnings.add(message)
  }
  const complete = !bailedOut && expected !== undefined && count >= expected
  return { complete, ...declaredBy(expected, tap.nested) }
}

/** The plan counts the points of the outermost level only. */
const declaredBy = (planned: number | undefined, nested: boolean): Partial<ReaderEnd> =>
  planned === undefined || nested ? {} : { declared: { tests: planned } }

/** What is wrong with a test point itself; its failure is no warning, and the plan has its own. */
function pointError(failure: TapError): string | undefined {
  const { tapError } = failure
  if (typeof tapError !== 'string' || /^no plan$|^incorrect number/.test(tapError)) return undefined
  const name = 'name' in failure && typeof failure.name === 'string' ? ` (${failure.name.slice(0, 200)})` : ''
  return `${tapError}${name}`
}
