import { deepEqual } from 'node:assert/strict'
import { openHistory, type CaseSummary, type HistoryStore } from '@muster/history'
import type { RunRecord } from '@muster/model'
import * as fc from 'fast-check'
import { arbitraryRecord, arbitraryRunId, CASES, SUITES } from './support/arbitrary-record.ts'
import { modelStore } from './support/model-store.ts'
import { idOf, START } from './support/records.ts'
import { scratch } from './support/scratch.ts'
import { valueOf } from './support/value-of.ts'

type Step =
  | { readonly do: 'ingest'; readonly record: RunRecord }
  | { readonly do: 'prune'; readonly keepRuns: number }
  | { readonly do: 'reopen' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('ingest'), record: arbitraryRecord }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('prune'), keepRuns: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen') }) },
)

/** Everything that can be asked of a store. */
async function answers(store: HistoryStore, limit: number, before: { runId: string; startedAt: number }) {
  const ids = Array.from({ length: 10 }, (_, nth) => idOf(nth))
  return {
    runs: await store.runs({ limit }),
    older: await store.runs({ limit, before }),
    counts: await store.counts(),
    unsettled: await store.unsettled(ids, { incompleteSince: START + 2 }),
    held: await Promise.all(ids.map((id) => store.hasRun(id))),
    durations: await store.durationsOf([...SUITES, 'unknown'], { limit }),
    flaky: await store.flaky({ sinceMs: before.startedAt, limit }),
    suites: await Promise.all(
      SUITES.map(async (suite) => ({
        history: await store.suiteHistory(suite, { limit }),
        results: await store.suiteResults(suite, { limit }),
        summaries: rounded(valueOf(await store.suiteCases(suite, { runs: limit }))),
        cases: await Promise.all(CASES.map((name) => store.caseHistory(suite, name, { limit }))),
      })),
    ),
  }
}

/** Sums of very large and very small numbers depend on their order. */
const rounded = (cases: readonly CaseSummary[]): CaseSummary[] =>
  cases.map((each) => ({ ...each, durationMs: each.durationMs && Number(each.durationMs.toPrecision(9)) }))

describe('SQLite history', () => {
  const folder = scratch()
  after(() => folder.remove())

  it('answers like the naive model, whatever is ingested, again or pruned', async function () {
    this.timeout(120_000)
    let files = 0
    const steps = fc.array(step, { maxLength: 20 })
    const cursor = fc.record({ runId: arbitraryRunId, startedAt: fc.integer({ min: START, max: START + 6 }) })
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(12), cursor, async (all, limit, before) => {
        const file = folder.path(`history-${files++}.db`)
        const model = modelStore()
        let store = valueOf(await openHistory({ file }))
        try {
          for (const each of all) {
            if (each.do === 'ingest')
              deepEqual(await store.ingest(each.record), await model.ingest(each.record))
            else if (each.do === 'prune') deepEqual(await store.prune(each), await model.prune(each))
            else {
              await store.close()
              store = valueOf(await openHistory({ file }))
            }
          }
          deepEqual(await answers(store, limit, before), await answers(model, limit, before))
        } finally {
          await store.close()
        }
      }),
      { numRuns: 150 },
    )
  })
})
