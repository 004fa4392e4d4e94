import { isOpen, type Entry } from '../entry.ts'
import type { SuiteState } from '../suite-table.ts'

/** Worth and price of units that are taken together. */
interface Block {
  readonly worth: number
  /** Milliseconds of the whole machine. */
  readonly price: number
}

const densityOf = ({ worth, price }: Block): number => worth / price

const blockOf = ({ score, estimateMs, claim }: Entry): Block => ({
  worth: score,
  price: estimateMs * claim.share,
})

/**
 * Score per millisecond of the whole machine, by entry. With nothing in between, taking the densest first makes
 * the mean finish time weighted by score least (Smith 1956; on several machines it is close). A unit that
 * gates denser ones counts as a block with them, as long as that makes the block denser; on trees this is
 * Horn's rule (1972), which is best there, and on other graphs it is a good guess.
 *
 * @param order suites, each after all that depend on it
 */
export function valueDensities(order: readonly SuiteState[]): ReadonlyMap<Entry, number> {
  const blocks = new Map<SuiteState, Block>()
  const densities = new Map<Entry, number>()
  for (const suite of order) {
    const open = suite.entries.filter(isOpen)
    if (open.length === 0) continue
    const own = open.map(blockOf).reduce(joined)
    const behind = new Set(suite.dependents.filter(isOpen).map((entry) => entry.suite))
    const block = joinDenser(
      own,
      [...behind].flatMap((each) => blocks.get(each) ?? []),
    )
    blocks.set(suite, block)
    for (const entry of open) {
      const alone = densityOf(blockOf(entry))
      densities.set(entry, block === own ? alone : Math.max(alone, densityOf(block)))
    }
  }
  return densities
}

const joined = (a: Block, b: Block): Block => ({ worth: a.worth + b.worth, price: a.price + b.price })

function joinDenser(own: Block, behind: readonly Block[]): Block {
  let block = own
  for (const next of behind.toSorted((a, b) => densityOf(b) - densityOf(a))) {
    if (densityOf(next) <= densityOf(block)) break
    block = joined(block, next)
  }
  return block
}
