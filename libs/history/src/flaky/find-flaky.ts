import type { ExecutionGroup } from './execution-group.ts'
import type { FlakyEnvironment, FlakyFinding } from './flaky-finding.ts'
import { wilson } from './wilson.ts'

/** A finding without its message, which is looked up when it is known that somebody will read it. */
export type SilentFinding = Omit<FlakyFinding, 'message'> & { readonly key: string }

type Comparison = Pick<FlakyFinding, 'verdict'> & { readonly compared: readonly ExecutionGroup[] }

/** What is flaky, and what depends on the environment; `FlakyFinding` says how that is told. Surest first. */
export function findFlaky(groups: readonly ExecutionGroup[]): SilentFinding[] {
  const judged = groupBy(groups, ({ key }) => key).flatMap((each) => {
    const comparison = compare(each)
    return comparison ? [{ comparison, finding: findingOf(comparison) }] : []
  })
  const explained = new Set(
    judged.flatMap(({ finding }) => (finding.caseName === null ? [] : [finding.suite])),
  )
  return judged
    .filter(
      ({ comparison: { compared }, finding: { suite, caseName } }) =>
        caseName !== null || !explained.has(suite) || compared.some(({ unexplained }) => unexplained > 0),
    )
    .map(({ finding }) => finding)
    .sort(surestFirst)
}

const eventsOf = ({ retried, failed }: ExecutionGroup): number => retried + failed

/** Which of the groups of one case say something against each other. */
function compare(groups: readonly ExecutionGroup[]): Comparison | undefined {
  const able = groups.filter(({ clean, retried }) => clean + retried > 0)
  if (able.some((group) => eventsOf(group) > 0)) return { verdict: 'flaky', compared: able }
  const contents = new Set(able.map(({ content }) => content))
  const unable = groups.filter(({ failed, content }) => failed > 0 && contents.has(content))
  if (unable.length === 0) return undefined
  const mixed = new Set(unable.map(({ content }) => content))
  return { verdict: 'environment', compared: groups.filter(({ content }) => mixed.has(content)) }
}

function findingOf({ verdict, compared }: Comparison): SilentFinding {
  const [first] = compared
  if (!first) throw new Error('bug: nothing was compared')
  const onRetry = sum(compared, ({ retried }) => retried)
  const sameContent = sum(compared, ({ failed }) => failed)
  const executions = sum(compared, executionsOf)
  const events = onRetry + sameContent
  return {
    key: first.key,
    verdict,
    suite: first.suite,
    caseName: first.caseName,
    file: first.file,
    executions,
    events,
    sameContent,
    onRetry,
    rate: wilson(events, executions),
    firstAt: Math.min(...compared.flatMap(({ firstAt }) => firstAt ?? [])),
    lastAt: Math.max(...compared.flatMap(({ lastAt }) => lastAt ?? [])),
    environments: environmentsOf(compared),
  }
}

const executionsOf = (group: ExecutionGroup): number => group.clean + eventsOf(group)

const environmentsOf = (compared: readonly ExecutionGroup[]): FlakyEnvironment[] =>
  groupBy(compared, ({ platform, node }) => JSON.stringify([platform, node]))
    .flatMap((all) => {
      const [first] = all
      if (!first) return []
      const { platform, node } = first
      return [{ platform, node, executions: sum(all, executionsOf), events: sum(all, eventsOf) }]
    })
    .sort((a, b) => byText(a.platform, b.platform) || byText(a.node, b.node))

/** By what the rate is at least: 1 of 1 says less than 20 of 40. */
const surestFirst = (a: SilentFinding, b: SilentFinding): number =>
  byText(b.verdict, a.verdict) ||
  b.rate.low - a.rate.low ||
  b.lastAt - a.lastAt ||
  byText(a.suite, b.suite) ||
  byText(a.caseName ?? '', b.caseName ?? '') ||
  byText(a.file ?? '', b.file ?? '')

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return [...groups.values()]
}
