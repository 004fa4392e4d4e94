import { caseName, ok, type RunRecord, type SuiteRecord } from '@muster/model'
import {
  MESSAGE_LIMIT,
  type CaseEntry,
  type HashVerdict,
  type HistoryStore,
  type SuiteEntry,
} from '@muster/history'
import { summaryOf } from './summary-of.ts'

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
      if (suite.cached) continue
      for (const each of suite.cases) caseKeys.add(JSON.stringify([suite.name, caseName(each), each.file]))
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
    suiteHistory: async (name, { limit }) =>
      ok(
        suiteRuns(name)
          .slice(0, limit)
          .map(({ run, suite }) => suiteEntry(run, suite)),
      ),
    caseHistory: async (name, wanted, { limit }) =>
      ok(
        suiteRuns(name)
          .filter(({ suite }) => !suite.cached)
          .flatMap(({ run, suite }) =>
            suite.cases
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
                message: each.error?.message.slice(0, MESSAGE_LIMIT) ?? null,
                hash: suite.hash,
              })),
          )
          .slice(0, limit),
      ),
    durations: async (name, { limit }) =>
      ok(
        suiteRuns(name)
          .filter(({ suite }) => !suite.cached && suite.status === 'passed')
          .slice(0, limit)
          .map(({ run: { runId, startedAt, platform, workers }, suite }) => {
            const isolation = suite.attempts.at(-1)?.isolation ?? null
            return { runId, startedAt, durationMs: suite.durationMs, platform, workers, isolation }
          }),
      ),
    verdictsByHash: async (name) => ok(verdicts(suiteRuns(name))),
    counts: async () => {
      const all = [...held.values()].flatMap((run) => run.suites)
      const executed = all.filter((suite) => !suite.cached)
      return ok({
        runs: held.size,
        suites: suiteNames.size,
        cases: caseKeys.size,
        suiteRuns: all.length,
        caseRuns: executed.reduce((sum, suite) => sum + suite.cases.length, 0),
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
  const { kind, status, cached, hash, durationMs, slow, tests, passed, failed, skipped, flaky } = suite
  return {
    runId,
    startedAt,
    kind,
    status,
    message: suite.message ?? null,
    cached,
    origin: suite.from,
    hash,
    isolation: suite.attempts.at(-1)?.isolation ?? null,
    durationMs,
    slow,
    counts: { tests, passed, failed, skipped, flaky },
  }
}

function verdicts(
  suiteRuns: readonly { run: RunRecord; suite: SuiteRecord }[],
): { hash: string; verdicts: HashVerdict[] }[] {
  const byHash = new Map<string, HashVerdict[]>()
  for (const { run, suite } of suiteRuns) {
    if (suite.cached || suite.hash === null) continue
    const of = byHash.get(suite.hash) ?? []
    for (const { status, startedAt, superseded } of suite.attempts) {
      if (superseded !== undefined) continue
      const { platform, node } = run
      const index = of.findIndex(
        (each) => each.status === status && each.platform === platform && each.node === node,
      )
      const known = of[index]
      if (known) {
        of[index] = {
          ...known,
          executions: known.executions + 1,
          firstAt: Math.min(known.firstAt, startedAt),
          lastAt: Math.max(known.lastAt, startedAt),
        }
      } else of.push({ status, platform, node, executions: 1, firstAt: startedAt, lastAt: startedAt })
    }
    if (of.length > 0) byHash.set(suite.hash, of)
  }
  return [...byHash]
    .sort(([hashA, a], [hashB, b]) => lastAt(b) - lastAt(a) || compare(hashA, hashB))
    .map(([hash, of]) => ({
      hash,
      verdicts: of.sort(
        (a, b) => compare(a.status, b.status) || compare(a.platform, b.platform) || compare(a.node, b.node),
      ),
    }))
}

const lastAt = (of: readonly HashVerdict[]): number => Math.max(...of.map((each) => each.lastAt))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const order = (a: { startedAt: number; runId: string }, b: { startedAt: number; runId: string }): number =>
  a.startedAt - b.startedAt || compare(a.runId, b.runId)
