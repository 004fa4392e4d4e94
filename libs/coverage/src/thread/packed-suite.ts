import type { CoverageTotals } from '@muster/model'
import { collectCoverage, type Collected, type CollectOrder } from '../collect-coverage.ts'
import { encodeCoverage } from '../coverage-codec.ts'
import { coverageTotals } from '../totals.ts'

/** What a suite covers, ready to be kept. */
export interface PackedSuite extends Omit<Collected, 'coverage'> {
  /** Files in its scope that have something to count. */
  readonly files: number
  readonly totals: CoverageTotals
  /** As `encodeCoverage` gives it. */
  readonly data: Uint8Array
}

/** Called in a thread, by its name. */
export async function packSuite(order: CollectOrder): Promise<PackedSuite> {
  const { coverage, ...facts } = await collectCoverage(order)
  const data = encodeCoverage(coverage)
  return { files: coverage.size, totals: coverageTotals(coverage), data, ...facts }
}
