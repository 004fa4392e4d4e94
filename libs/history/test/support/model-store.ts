import { caseName, ok, type RunRecord, type SuiteRecord, type TestCase } from '@muster/model'
import {
  MESSAGE_LIMIT,
  type CaseEntry,
  type DurationSample,
  type HistoryStore,
  type SuiteEntry,
} from '@muster/history'
import { naiveCases } from './naive-cases.ts'
import { naiveFlaky } from './naive-flaky.ts'
import { naiveMetrics } from './naive-metrics.ts'
import { summaryOf } from './summary-of.ts'

/** Cases that were really executed in this run. */
const executed = ({ cached, cases }: SuiteRecord): readonly TestCase[] =>
  cached ? [] : cases.filter(({ notRerun }) => notRerun !== true)

/** The naive history: keeps whole records in memory and answers by going through all of them. */
export function modelStore(): HistoryStore {
  const held = new Map<string, RunRecord>()
  const pruned = new Set<string>()
  let suiteNames = new Set<string>()
  let caseKeys = new Set<string>()

  const newestFirst = (): RunRecord[] => [...held.values()].sort((a, b) => -order(a, b))
  const suiteRuns = (name: string): { run: RunRecord; suite: SuiteRecord }[] =>
    newestFirst().flatMap((run) =>
      run.suites.filter((suite) => suite.name === name).map((suite) => ({ run, suite })),
    )
  const learnNames = (record: RunRecord): void => {
    for (const suite of record.suites) {
      suiteNames.add(suite.name)
      for (const each of executed(suite))
        caseKeys.add(JSON.stringify([suite.name, caseName(each), each.file]))
    }
  }

  return {
    ingest: async (record) => {
      const known = held.has(record.runId)
      held.set(record.runId, record)
      pruned.delete(record.runId)
      learnNames(record)
      return ok(known ? 'replaced' : 'added')
    },
    hasRun: async (runId) => ok(held.has(runId)),
    unsettled: async (runIds, { incompleteSince }) =>
      ok(
        [...new Set(runIds)].sort().filter((id) => {
          const run = held.get(id)
          return !pruned.has(id) && (!run || (!run.complete && run.startedAt >= incompleteSince))
        }),
      ),
    runs: async ({ limit, before }) =>
      ok(
        newestFirst()
          .filter((run) => !before || order(run, before) < 0)
          .slice(0, limit)
          .map(summaryOf),
      ),
    metricHistory: async (name, { limit, machine }) => ok(naiveMetrics(suiteRuns(name), limit, machine)),
    suiteHistory: async (name, { limit }) =>
      ok(
        suiteRuns(name)
          .slice(0, limit)
          .map(({ run, suite }) => suiteEntry(run, suite)),
      ),
    caseHistory: async (name, wanted, { limit }) =>
      ok(
        suiteRuns(name)
          .flatMap(({ run, suite }) =>
            executed(suite)
              .filter((each) => caseName(each) === wanted)
              .sort((a, b) => compare(a.file ?? '', b.file ?? ''))
              .map((each): CaseEntry => ({
                runId: run.runId,
                startedAt: run.startedAt,
                file: each.file ?? null,
                status: each.status,
                durationMs: each.durationMs,
                attempts: each.attempts ?? 1,
                hook: each.hook ?? false,
                message: (each.error ?? each.earlierErrors?.at(-1))?.message.slice(0, MESSAGE_LIMIT) ?? null,
                quarantined: each.status === 'failed' && each.quarantined !== undefined,
                hash: suite.hash,
              })),
          )
          .slice(0, limit),
      ),
    suiteCases: async (name, { runs }) =>
      ok(
        naiveCases(
          suiteRuns(name)
            .filter(({ suite }) => !suite.cached)
            .slice(0, runs),
        ),
      ),
    suiteResults: async (name, { limit }) =>
      ok(
        suiteRuns(name)
          .filter(({ suite }) => !suite.cached)
          .slice(0, limit)
          .map(({ run: { runId, startedAt: at }, suite }) => {
            const failed = executed(suite).filter(
              ({ status, quarantined }) => status === 'failed' && quarantined === undefined,
            )
            const failedCases = [...new Set(failed.map(caseName))].sort()
            return { runId, at, status: suite.status, failedCases }
          }),
      ),
    durationsOf: async (names, { limit }) =>
      ok(
        new Map(
          names.map((name) => [
            name,
            suiteRuns(name)
              .filter(({ suite }) => !suite.cached && suite.status === 'passed')
              .slice(0, limit)
              .map(durationSample),
          ]),
        ),
      ),
    flaky: async ({ sinceMs, limit }) =>
      ok(naiveFlaky(newestFirst().filter(({ startedAt }) => startedAt >= sinceMs)).slice(0, limit)),
    record: async (runId) => ok(held.get(runId)),
    counts: async () => {
      const all = [...held.values()].flatMap((run) => run.suites)
      return ok({
        runs: held.size,
        suites: suiteNames.size,
        cases: caseKeys.size,
        suiteRuns: all.length,
        caseRuns: all.reduce((sum, suite) => sum + executed(suite).length, 0),
      })
    },
    prune: async ({ keepRuns }) => {
      const old = newestFirst().slice(keepRuns)
      for (const { runId } of old) {
        held.delete(runId)
        pruned.add(runId)
      }
      if (old.length > 0) {
        suiteNames = new Set()
        caseKeys = new Set()
        for (const run of held.values()) learnNames(run)
      }
      return ok({ removed: old.length })
    },
    close: async () => undefined,
  }
}

function suiteEntry({ runId, startedAt }: RunRecord, suite: SuiteRecord): SuiteEntry {
  const { kind, status, cached, hash, durationMs, slow, unstable, attempts, plan } = suite
  const { tests, passed, failed, skipped, flaky, quarantined, notRerun } = suite
  return {
    runId,
    startedAt,
    kind,
    status,
    message: suite.message ?? null,
    cached,
    origin: suite.from,
    hash,
    isolation: attempts.at(-1)?.isolation ?? null,
    durationMs,
    slow,
    unstable,
    counts: { tests, passed, failed, skipped, flaky, quarantined, notRerun },
    estimateMs: plan?.estimateMs ?? null,
    score: plan?.score.total ?? null,
    units: new Set(attempts.map(({ unit }) => unit)).size,
    attempts: attempts.filter(({ superseded }) => superseded === undefined).length,
    ...usageOf(suite),
  }
}

function durationSample({ run, suite }: { run: RunRecord; suite: SuiteRecord }): DurationSample {
  const { runId, startedAt, platform, machine, workers } = run
  const isolation = suite.attempts.at(-1)?.isolation ?? null
  const averageCpus = most(suite.attempts.flatMap(({ usage }) => usage?.averageCpus ?? []))
  const { durationMs } = suite
  return {
    runId,
    startedAt,
    durationMs,
    platform,
    machine,
    workers,
    isolation,
    averageCpus,
    ...usageOf(suite),
  }
}

function usageOf({ attempts }: SuiteRecord): { peakMemoryBytes: number | null; cpuMs: number | null } {
  const used = attempts.flatMap(({ usage }) => usage ?? [])
  return {
    peakMemoryBytes: most(used.map(({ peakMemoryBytes }) => peakMemoryBytes)),
    cpuMs: used.length === 0 ? null : used.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  }
}

const most = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const order = (a: { startedAt: number; runId: string }, b: { startedAt: number; runId: string }): number =>
  a.startedAt - b.startedAt || compare(a.runId, b.runId)
