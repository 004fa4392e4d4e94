import type { RunPlan } from '@muster/engine/plan'
import type { Needs } from '@muster/model'
import { table } from '../table.ts'

export interface PlanTextOptions {
  /** With the parts of each suite's score. */
  readonly scores: boolean
  /** Of the terminal; undefined when it is none. */
  readonly columns: number | undefined
}

/** Timetable, phases, critical path, and what other numbers of workers would bring. */
export function planAsText(plans: readonly RunPlan[], { scores, columns = 100 }: PlanTextOptions): string {
  const [first] = plans
  if (!first || first.suites.length + first.noDevice.size === 0) {
    return 'No suites. Declare one in a suite.json, or: npx nx g @muster/nx:init'
  }
  const parts = first.plan.units.length > 0 ? [timetable(first), phases(first, columns), verdict(first)] : []
  if (first.plan.skipped.length + first.noDevice.size > 0) parts.push(leftOut(first))
  if (scores) parts.push(scoreTable(first))
  if (plans.length > 1) parts.push(whatIf(plans))
  return parts.join('\n\n')
}

function timetable({ plan, suites }: RunPlan): string {
  const bySuite = new Map(suites.map((each) => [each.planned.suite.id, each]))
  const rows = plan.units.map(({ unit, suite, slot, startMs, endMs, group, cause, critical }) => {
    const { score, planned } = bySuite.get(suite)!
    const after = cause?.kind === 'dependency' ? `${cause.unit} (dependsOn)` : (cause?.unit ?? '')
    return [
      critical ? '*' : '',
      seconds(startMs),
      seconds(endMs),
      String(slot + 1),
      String(group),
      unit,
      score.total.toFixed(0),
      describeNeeds(planned.needs),
      after,
    ]
  })
  return table(['', 'START', 'END', 'WORKER', 'GROUP', 'UNIT', 'SCORE', 'NEEDS', 'STARTS AFTER'], rows)
}

function describeNeeds({ cpus, memoryBytes, semaphores, exclusive }: Needs): string {
  const parts = [
    ...(cpus === 1 ? [] : [`${cpus} cpus`]),
    ...(memoryBytes === 0 ? [] : [`${Math.ceil(memoryBytes / 2 ** 20)} MiB`]),
    ...Object.entries(semaphores).map(([name, count]) => `${count} ${name}`),
    ...exclusive,
  ]
  return parts.join(', ')
}

function phases({ suites }: RunPlan, columns: number): string {
  const byPhase = new Map<number, string[]>()
  for (const { planned, phase } of suites)
    byPhase.set(phase, [...(byPhase.get(phase) ?? []), planned.suite.id])
  return [...byPhase]
    .toSorted(([a], [b]) => a - b)
    .map(([phase, names]) => wrapped(`Phase ${phase + 1}: `, names.toSorted(), columns))
    .join('\n')
}

/** Names that go on below each other when the line is full. */
function wrapped(head: string, names: readonly string[], columns: number): string {
  const lines = [head]
  for (const [index, name] of names.entries()) {
    const text = index < names.length - 1 ? `${name}, ` : name
    if (lines.at(-1)!.length + text.length > columns && lines.at(-1)!.length > head.length)
      lines.push(' '.repeat(head.length))
    lines[lines.length - 1] += text
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

function verdict({ plan, capacity, suites }: RunPlan): string {
  const { makespanMs, lowerBoundMs, distance, feedbackMs, units, objective } = plan
  const splits = suites.filter(({ planned }) => planned.units.length > 1)
  const known =
    splits.length === 0 ? '' : `, ${splits.map(({ planned }) => planned.suite.id).join(', ')} in shards`
  const path = units.filter(({ critical }) => critical).map(({ unit }) => unit)
  return [
    `${counted(suites.length, 'suite')}, ${counted(units.length, 'unit')}${known} on ${counted(capacity.workers, 'worker')}: ${seconds(makespanMs)} if nothing is cached.`,
    `No order can be faster than ${seconds(lowerBoundMs)}; this one is ${((distance - 1) * 100).toFixed(1)} % above that.`,
    `Objective ${objective}: weighed by their scores, units end after ${seconds(feedbackMs)} on average (how soon a failure would show).`,
    `The end waits for (*): ${path.join(' → ')}`,
  ].join('\n')
}

const leftOut = ({ plan, noDevice }: RunPlan): string =>
  [
    'Left out:',
    ...plan.skipped.map(({ unit, reason }) => `  ${unit}: ${reason}`),
    ...[...noDevice].map(([suite, reason]) => `  ${suite}: ${reason}`),
  ].join('\n')

function scoreTable({ suites }: RunPlan): string {
  const rows: string[][] = []
  for (const { planned, score } of suites.toSorted((a, b) => b.score.total - a.score.total)) {
    rows.push([planned.suite.id, score.total.toFixed(1), ''])
    for (const { name, value, why } of score.parts) {
      if (Math.abs(value) >= 0.05) rows.push([`  ${name}`, value.toFixed(1), why])
    }
  }
  return table(['SCORE OF', 'POINTS', 'WHY'], rows)
}

function whatIf(plans: readonly RunPlan[]): string {
  const [base] = plans
  const rows = plans.map(({ plan, capacity }) => [
    String(capacity.workers),
    seconds(plan.makespanMs),
    `${((base?.plan.makespanMs ?? 0) / Math.max(plan.makespanMs, 1)).toFixed(2)}×`,
    seconds(plan.lowerBoundMs),
    `${((plan.distance - 1) * 100).toFixed(1)} %`,
    seconds(plan.feedbackMs),
  ])
  const note =
    'Each worker is taken to have a core of its own, as agents have; on this machine beyond its cores it is less.'
  return `${table(['WORKERS', 'TAKES', 'SPEED-UP', 'BOUND', 'ABOVE IT', 'FEEDBACK'], rows)}\n${note}`
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)}s`
