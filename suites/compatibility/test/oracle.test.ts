import assert from 'node:assert/strict'
import type { Isolation } from '@muster/model'
import { MOCHA_ORACLE, type OracleEntry } from '../../../libs/runners/test/fixtures/mocha/oracle.ts'
import { withEngine } from './support/engine.ts'
import { difference } from './support/verdict.ts'

/** Node boots, mocha loads, the test spins: all within this on a slow machine, and it is waited for. */
const SPINNING_MS = 4000

const limits = (entry: OracleEntry) => (entry.needsKillAfter === undefined ? {} : { timeoutMs: SPINNING_MS })

const compare = (isolation: Isolation, isUnfit: (entry: OracleEntry) => boolean): Promise<void> =>
  withEngine(async ({ run }) => {
    const differences: string[] = []
    for (const entry of MOCHA_ORACLE) {
      const verdict = await run(entry.name, isolation, limits(entry))
      const wrong = difference(entry, verdict)
      if (isUnfit(entry) !== (wrong !== undefined)) {
        differences.push(`${entry.name}: ${wrong ?? "is said to be unfit, but its verdict is mocha's"}`)
      }
    }
    assert.equal(differences.join('\n'), '')
  })

describe("every fixture gets mocha's own verdict and counts, one after the other in one pool", function () {
  this.timeout(180_000)

  it('auto', () => compare('auto', () => false))
  it('process', () => compare('process', () => false))
  it('thread, but for what the oracle calls unfit', () =>
    compare('thread', ({ unfitForThread }) => unfitForThread !== undefined))
  it('none, but for what the oracle calls unfit', function () {
    // On a busy machine a reused process may end a moment early, by what another fixture has left in it.
    this.retries(1)
    return compare('none', ({ unfitForReuse }) => unfitForReuse !== undefined)
  })
})
