import type { AttemptRecord, RunRecord, SuiteRecord } from '@muster/model'
import { groupBy } from './group-by.ts'

/** One execution that the end of the run waited for. */
export interface ChainLink {
  readonly suite: string
  readonly unit: string
  readonly ordinal: number
  readonly worker: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  /** What it started after: the suite it depends on, the execution before it on its worker, its own failed attempt. */
  readonly after: 'start' | 'dependency' | 'worker' | 'retry'
  /** Between the end of that, or the start of the run, and its own start; milliseconds. */
  readonly waitedMs: number
}

interface Node {
  readonly suite: SuiteRecord
  readonly attempt: AttemptRecord
}
const endOf = ({ attempt }: Node): number => attempt.startedAt + attempt.durationMs

/** Times are whole milliseconds and durations aren't, so what follows directly may seem to start before. */
const TOLERANCE_MS = 5

/**
 * What determined when the run ended: from its last execution back, each time to what ended last of all that it
 * waited for. First to last; empty when nothing was executed. Shortening anything else doesn't end the run earlier.
 */
export function criticalChain(record: RunRecord): ChainLink[] {
  const nodes = record.suites.flatMap((suite) => suite.attempts.map((attempt) => ({ suite, attempt })))
  const before = waitsOf(nodes)
  const links: ChainLink[] = []
  const seen = new Set<Node>()
  let node = latest(nodes)
  while (node && !seen.has(node)) {
    seen.add(node)
    const { attempt, suite } = node
    const cause = before(node).find(({ node: each }) => !seen.has(each))
    const freeAt = cause ? endOf(cause.node) : record.startedAt
    links.push({
      suite: suite.name,
      unit: attempt.unit,
      ordinal: attempt.ordinal,
      worker: attempt.worker,
      startedAt: attempt.startedAt,
      durationMs: attempt.durationMs,
      after: cause?.after ?? 'start',
      waitedMs: Math.max(0, attempt.startedAt - freeAt),
    })
    node = cause?.node
  }
  return links.toReversed()
}

interface Cause {
  readonly after: Exclude<ChainLink['after'], 'start'>
  readonly node: Node
}

/** @returns for an execution, what it waited for, the one that ended last first */
function waitsOf(nodes: readonly Node[]): (node: Node) => Cause[] {
  const onWorker = groupBy(nodes, ({ attempt }) => attempt.worker)
  const previous = new Map<Node, Node>()
  for (const lane of onWorker.values()) {
    lane.sort((a, b) => a.attempt.startedAt - b.attempt.startedAt || endOf(a) - endOf(b))
    for (const [index, node] of lane.entries()) {
      const earlier = lane[index - 1]
      if (earlier) previous.set(node, earlier)
    }
  }
  const lastOf = new Map<string, Node>()
  for (const [name, own] of groupBy(nodes, ({ suite }) => suite.name)) {
    const last = latest(own)
    if (last) lastOf.set(name, last)
  }
  const attempts = new Map(nodes.map((node) => [keyOf(node.attempt.unit, node.attempt.ordinal), node]))
  return (node) => {
    const { attempt, suite } = node
    const dependencies = suite.dependsOn.map((name) => cause('dependency', lastOf.get(name)))
    const all = [
      cause('retry', attempts.get(keyOf(attempt.unit, attempt.ordinal - 1))),
      ...dependencies,
      cause('worker', previous.get(node)),
    ]
    return all
      .filter((each) => each !== undefined)
      .filter((each) => endOf(each.node) <= attempt.startedAt + TOLERANCE_MS)
      .sort((a, b) => endOf(b.node) - endOf(a.node))
  }
}

const cause = (after: Cause['after'], node: Node | undefined): Cause | undefined => node && { after, node }

const keyOf = (unit: string, ordinal: number): string => `${unit}@${ordinal}`

const latest = (nodes: readonly Node[]): Node | undefined =>
  nodes.reduce<Node | undefined>(
    (best, each) => (best && endOf(best) >= endOf(each) ? best : each),
    undefined,
  )
