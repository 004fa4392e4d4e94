import { deepEqual, equal } from 'node:assert/strict'
import { MESSAGE_LIMIT, type DurationSample, type HistoryStore } from '@muster/history'
import { NO_COUNTS, type SuiteRecord, type TestCase } from '@muster/model'
import { flakyContract } from './contract-flaky.ts'
import { metricsContract } from './contract-metrics.ts'
import { aCachedSuite, aCase, anAttempt, aRun, aSuite, idOf, START } from './support/records.ts'
import { summaryOf } from './support/summary-of.ts'
import { valueOf } from './support/value-of.ts'

const USAGE = {
  cpuMs: 40,
  averageCpus: 0.5,
  peakCpus: 1,
  averageMemoryBytes: 100,
  peakMemoryBytes: 200,
  readBytes: 1,
  writtenBytes: 2,
  samples: 3,
}

const failed = (name: string, quarantined?: string): TestCase =>
  aCase(name, { status: 'failed', ...(quarantined !== undefined && { quarantined }) })

const oneCase = (suite: string): SuiteRecord => aSuite(suite, { cases: [aCase(`case of ${suite}`)] })

/** What every `HistoryStore` promises. `open` gives an empty store; it is closed after each test. */
export function historyStoreContract(what: string, open: () => Promise<HistoryStore>): void {
  describe(`HistoryStore: ${what}`, () => {
    let store: HistoryStore
    beforeEach(async () => void (store = await open()))
    afterEach(() => store.close())

    const runIds = async (limit = 10): Promise<string[]> =>
      valueOf(await store.runs({ limit })).map((run) => run.runId)
    const durationsOf = async (suite: string, limit = 10): Promise<readonly DurationSample[]> =>
      valueOf(await store.durationsOf([suite], { limit })).get(suite) ?? []
    const ingestAll = async (...runs: ReturnType<typeof aRun>[]): Promise<void> => {
      for (const run of runs) valueOf(await store.ingest(run))
    }

    metricsContract(() => store)
    flakyContract(() => store)

    it('knows nothing at first', async () => {
      deepEqual(valueOf(await store.runs({ limit: 10 })), [])
      deepEqual(valueOf(await store.suiteHistory('a', { limit: 10 })), [])
      deepEqual(valueOf(await store.caseHistory('a', 'b', { limit: 10 })), [])
      deepEqual(valueOf(await store.suiteCases('a', { runs: 10 })), [])
      deepEqual(valueOf(await store.suiteResults('a', { limit: 10 })), [])
      deepEqual(valueOf(await store.durationsOf(['a'], { limit: 10 })), new Map([['a', []]]))
      deepEqual(valueOf(await store.durationsOf([], { limit: 10 })), new Map())
      deepEqual(valueOf(await store.flaky({ sinceMs: 0, limit: 10 })), [])
      equal(valueOf(await store.record(idOf(1))), undefined)
      const nothing = { runs: 0, suites: 0, cases: 0, suiteRuns: 0, caseRuns: 0 }
      deepEqual(valueOf(await store.counts()), nothing)
      equal(valueOf(await store.hasRun(idOf(1))), false)
    })

    it('keeps the whole of a run', async () => {
      const failing = aCase('breaks', {
        status: 'failed',
        durationMs: 12.5,
        attempts: 2,
        error: { message: 'no', stack: 's' },
      })
      const suite = aSuite('@shop/cart', {
        status: 'failed',
        message: '1 failed',
        cases: [failing],
        slow: true,
        plan: { priority: 'high', phase: 1, estimateMs: 80, score: { total: 7, parts: [] } },
        attempts: [
          anAttempt({ unit: '@shop/cart#1/2', usage: { ...USAGE, peakMemoryBytes: 500 } }),
          anAttempt({ unit: '@shop/cart#2/2', superseded: 'a thread could not run it' }),
          anAttempt({ unit: '@shop/cart#2/2', usage: USAGE }),
        ],
      })
      const run = aRun(1, [suite], { complete: false, halted: 'Ctrl-C' })
      equal(valueOf(await store.ingest(run)), 'added')

      const summary = summaryOf(run)
      deepEqual(valueOf(await store.runs({ limit: 10 })), [summary])
      deepEqual(valueOf(await store.suiteHistory('@shop/cart', { limit: 10 })), [
        {
          runId: run.runId,
          startedAt: run.startedAt,
          kind: 'unit',
          status: 'failed',
          message: '1 failed',
          cached: false,
          origin: null,
          hash: 'hash-1',
          isolation: 'process',
          durationMs: 100,
          slow: true,
          unstable: false,
          counts: { ...NO_COUNTS, tests: 1, failed: 1 },
          estimateMs: 80,
          score: 7,
          units: 2,
          attempts: 2,
          peakMemoryBytes: 500,
          cpuMs: 80,
        },
      ])
      deepEqual(valueOf(await store.caseHistory('@shop/cart', 'group › breaks', { limit: 10 })), [
        {
          runId: run.runId,
          startedAt: run.startedAt,
          file: 'test/a.test.ts',
          status: 'failed',
          durationMs: 12.5,
          attempts: 2,
          hook: false,
          message: 'no',
          quarantined: false,
          hash: 'hash-1',
        },
      ])
    })

    it('lets a run that comes again replace itself', async () => {
      await ingestAll(aRun(1, [aSuite('a'), aSuite('b')]), aRun(2, [aSuite('a')]))
      equal(valueOf(await store.ingest(aRun(1, [aSuite('a', { durationMs: 7 })]))), 'replaced')
      deepEqual(await runIds(), [idOf(2), idOf(1)])
      deepEqual(valueOf(await store.suiteHistory('b', { limit: 10 })), [])
      const durations = await durationsOf('a')
      deepEqual(
        durations.map((each) => each.durationMs),
        [100, 7],
      )
      deepEqual(valueOf(await store.counts()), { runs: 2, suites: 2, cases: 4, suiteRuns: 2, caseRuns: 4 })
    })

    it('pages through runs, newest first, whatever the order they came in', async () => {
      await ingestAll(aRun(2, []), aRun(4, []), aRun(1, []), aRun(3, []))
      const first = valueOf(await store.runs({ limit: 2 }))
      deepEqual(
        first.map((run) => run.runId),
        [idOf(4), idOf(3)],
      )
      const before = first.at(-1)
      const second = valueOf(await store.runs({ limit: 5, ...(before && { before }) }))
      deepEqual(
        second.map((run) => run.runId),
        [idOf(2), idOf(1)],
      )
      deepEqual(await runIds(0), [])
    })

    it('tells runs of the same millisecond apart by id', async () => {
      const startedAt = START
      await ingestAll(aRun(1, [], { startedAt }), aRun(3, [], { startedAt }), aRun(2, [], { startedAt }))
      deepEqual(await runIds(), [idOf(3), idOf(2), idOf(1)])
      const rest = valueOf(await store.runs({ limit: 9, before: { startedAt, runId: idOf(2) } }))
      deepEqual(
        rest.map((run) => run.runId),
        [idOf(1)],
      )
    })

    it('records a cached suite with its origin, and not as an execution', async () => {
      await ingestAll(aRun(1, [aSuite('a')]), aRun(2, [aCachedSuite('a', idOf(1))]))
      const [cached, executed] = valueOf(await store.suiteHistory('a', { limit: 10 }))
      equal(cached?.cached, true)
      deepEqual(cached.origin, { runId: idOf(1), at: START, source: 'nx-cache' })
      equal(cached.counts.tests, 2)
      equal(executed?.cached, false)
      equal((await durationsOf('a')).length, 1)
      equal(valueOf(await store.caseHistory('a', 'group › one', { limit: 10 })).length, 1)
      equal(valueOf(await store.suiteResults('a', { limit: 10 })).length, 1)
      equal(valueOf(await store.counts()).caseRuns, 2)
    })

    it('gives durations of passes only', async () => {
      await ingestAll(
        aRun(1, [aSuite('a', { durationMs: 10 })]),
        aRun(2, [aSuite('a', { status: 'failed' })]),
        aRun(3, [aSuite('a', { status: 'timed-out' })]),
        aRun(4, [aSuite('a', { durationMs: 40.25 })]),
      )
      const durations = await durationsOf('a')
      deepEqual(
        durations.map(({ runId, durationMs }) => [runId, durationMs]),
        [
          [idOf(4), 40.25],
          [idOf(1), 10],
        ],
      )
      equal((await durationsOf('a', 1)).length, 1)
    })

    it('gives durations of many suites at once, with the machine and what was used', async () => {
      await ingestAll(
        aRun(1, [aSuite('a', { attempts: [anAttempt({ usage: USAGE })] }), aSuite('b')]),
        aRun(2, [aSuite('a', { durationMs: 7 })], { machine: 'slow' }),
      )
      const durations = valueOf(await store.durationsOf(['b', 'a', 'c'], { limit: 10 }))
      deepEqual(
        [...durations].map(([suite, samples]) => [suite, samples.map(({ durationMs }) => durationMs)]),
        [
          ['b', [100]],
          ['a', [7, 100]],
          ['c', []],
        ],
      )
      deepEqual(durations.get('a')?.[1], {
        runId: idOf(1),
        startedAt: START + 1000,
        durationMs: 100,
        platform: 'linux-x64',
        machine: 'linux-x64 2c 8g',
        workers: 2,
        isolation: 'process',
        cpuMs: 40,
        averageCpus: 0.5,
        peakMemoryBytes: 200,
      })
      equal(durations.get('a')?.[0]?.machine, 'slow')
    })

    it('gives the results of a suite, with the cases that failed and count', async () => {
      const cases = [failed('z'), failed('a'), failed('z'), failed('flaky', 'known'), aCase('fine')]
      await ingestAll(
        aRun(1, [aSuite('a', { status: 'failed', cases })]),
        aRun(2, [aCachedSuite('a', idOf(1))]),
        aRun(3, [aSuite('a', { status: 'crashed', cases: [] }), aSuite('b')]),
      )
      deepEqual(valueOf(await store.suiteResults('a', { limit: 10 })), [
        { runId: idOf(3), at: START + 3000, status: 'crashed', failedCases: [] },
        { runId: idOf(1), at: START + 1000, status: 'failed', failedCases: ['group › a', 'group › z'] },
      ])
      equal(valueOf(await store.suiteResults('a', { limit: 1 })).length, 1)
    })

    it('sums up the cases of a suite over its newest runs', async () => {
      const again = aCase('x', { attempts: 2, durationMs: 5 })
      await ingestAll(
        aRun(1, [aSuite('a', { cases: [aCase('old')] })]),
        aRun(2, [aSuite('a', { cases: [again, aCase('y', { status: 'skipped' })] })]),
        aRun(3, [aSuite('a', { cases: [aCase('x', { status: 'failed', durationMs: 99 })] })]),
        aRun(4, [aCachedSuite('a', idOf(3))]),
      )
      const [x, y, ...others] = valueOf(await store.suiteCases('a', { runs: 2 }))
      deepEqual(others, [])
      deepEqual(x, {
        name: 'group › x',
        file: 'test/a.test.ts',
        executions: 2,
        failures: 1,
        retried: 1,
        lastStatus: 'failed',
        lastAt: START + 3000,
        durationMs: 5,
      })
      deepEqual([y?.name, y?.lastStatus, y?.durationMs], ['group › y', 'skipped', null])
    })

    it("takes a result of an earlier run for no execution, nor a cached suite's", async () => {
      const known = aCase('x', { status: 'failed', notRerun: true })
      await ingestAll(
        aRun(1, [aSuite('a', { cases: [aCase('x')] })]),
        aRun(2, [aSuite('a', { status: 'failed', cases: [known, aCase('y')] })]),
        aRun(3, [aCachedSuite('a', idOf(1), { cases: [aCase('x', { status: 'failed' })] })]),
      )
      equal(valueOf(await store.caseHistory('a', 'group › x', { limit: 10 })).length, 1)
      deepEqual(
        valueOf(await store.flaky({ sinceMs: 0, limit: 10 })).map(({ caseName }) => caseName),
        [null],
      )
      equal(valueOf(await store.counts()).caseRuns, 2)
      equal(valueOf(await store.suiteHistory('a', { limit: 2 }))[1]?.counts.notRerun, 1)
    })

    it('gives a run back as a record that another history takes for the same', async () => {
      const suite = aSuite('a', {
        status: 'failed',
        message: '1 failed',
        plan: { priority: 'low', phase: 2, estimateMs: 5, score: { total: 3, parts: [] } },
        attempts: [anAttempt({ usage: USAGE, status: 'failed' })],
        cases: [aCase('x', { status: 'failed', error: { message: 'no' }, hook: true })],
      })
      const run = aRun(1, [suite, aCachedSuite('b', idOf(0), { cases: [] })], { halted: 'Ctrl-C' })
      await ingestAll(run)
      deepEqual(valueOf(await store.record(idOf(1))), run)
    })

    it('keeps cases of one name apart: in two files, twice in a file, and without a file', async () => {
      const { file: _, ...fileless } = aCase('same', { durationMs: 1 })
      const cases = [
        aCase('same', { file: 'b.ts', durationMs: 2 }),
        aCase('same', { file: 'a.ts', durationMs: 3 }),
        fileless,
        aCase('same', { file: 'a.ts', durationMs: 4 }),
      ]
      await ingestAll(aRun(1, [aSuite('a', { cases }), aSuite('b')]))
      const entries = valueOf(await store.caseHistory('a', 'group › same', { limit: 10 }))
      deepEqual(
        entries.map(({ file, durationMs }) => [file, durationMs]),
        [
          [null, 1],
          ['a.ts', 3],
          ['a.ts', 4],
          ['b.ts', 2],
        ],
      )
    })

    it('keeps any text, and finds it again by the text as it was given', async () => {
      const odd = `it's "odd" \0 \ud800 \u{1f40c} ' -- %_\n`
      const cases = [aCase(odd, { status: 'failed', error: { message: 'x'.repeat(MESSAGE_LIMIT + 1) } })]
      await ingestAll(aRun(1, [aSuite(odd, { cases })]))
      equal(valueOf(await store.suiteHistory(odd, { limit: 1 })).length, 1)
      const [entry] = valueOf(await store.caseHistory(odd, `group › ${odd}`, { limit: 1 }))
      equal(entry?.message, 'x'.repeat(MESSAGE_LIMIT))
    })

    it('forgets all but the newest runs', async () => {
      await ingestAll(
        aRun(1, [oneCase('old'), oneCase('both')]),
        aRun(2, [oneCase('both')]),
        aRun(3, [aCachedSuite('cached', idOf(1))]),
      )
      deepEqual(valueOf(await store.prune({ keepRuns: 2 })), { removed: 1 })
      deepEqual(await runIds(), [idOf(3), idOf(2)])
      deepEqual(valueOf(await store.counts()), { runs: 2, suites: 2, cases: 1, suiteRuns: 2, caseRuns: 1 })
      deepEqual(valueOf(await store.prune({ keepRuns: 2 })), { removed: 0 })
      deepEqual(valueOf(await store.prune({ keepRuns: 0 })), { removed: 2 })
      equal(valueOf(await store.counts()).suites, 0)
    })

    it('asks for the runs it lacks or may not have seen the end of', async () => {
      await ingestAll(
        aRun(1, [], { complete: false }),
        aRun(2, []),
        aRun(3, [], { complete: false }),
        aRun(4, []),
      )
      const ids = [5, 4, 3, 2, 1, 5].map(idOf)
      const { startedAt: incompleteSince } = aRun(3, [])
      deepEqual(valueOf(await store.unsettled(ids, { incompleteSince })), [idOf(3), idOf(5)])
      deepEqual(valueOf(await store.unsettled([], { incompleteSince })), [])
    })

    it('never asks for a run that was pruned, yet takes it when it comes', async () => {
      await ingestAll(aRun(1, []), aRun(2, []))
      valueOf(await store.prune({ keepRuns: 1 }))
      deepEqual(valueOf(await store.unsettled([idOf(1), idOf(2)], { incompleteSince: 0 })), [])
      equal(valueOf(await store.hasRun(idOf(1))), false)
      equal(valueOf(await store.ingest(aRun(1, [], { complete: false }))), 'added')
      deepEqual(valueOf(await store.unsettled([idOf(1)], { incompleteSince: 0 })), [idOf(1)])
    })
  })
}
