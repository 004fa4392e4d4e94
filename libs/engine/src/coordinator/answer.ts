import { addCounts, NO_COUNTS, type RunId, type SuiteRecord } from '@muster/model'
import { readOutput } from '../journal/output-store.ts'
import type { RunTally, TaskAnswer } from './protocol.ts'

export const NO_TALLY: RunTally = { suites: { passed: 0, failed: 0, skipped: 0 }, tests: NO_COUNTS }

export function addToTally({ suites, tests }: RunTally, record: SuiteRecord): RunTally {
  const column =
    statusOf(record) === 'success' ? 'passed' : statusOf(record) === 'skipped' ? 'skipped' : 'failed'
  return { suites: { ...suites, [column]: suites[column] + 1 }, tests: addCounts(tests, record) }
}

/** What Nx is told of one suite: its status and the text it shows for the task. */
export async function createAnswer(
  root: string,
  run: RunId,
  task: string,
  record: SuiteRecord,
  answeredAt: number,
  soFar: RunTally,
): Promise<TaskAnswer> {
  const { terminalOutput } = await import('@muster/report')
  const [stdout, stderr] = await Promise.all([
    outputOf(root, run, record, 'stdout'),
    outputOf(root, run, record, 'stderr'),
  ])
  return {
    task,
    // A task that is left out while nothing failed must not leave Nx green.
    status: isSkip(record) && soFar.suites.failed === 0 ? 'failure' : statusOf(record),
    terminalOutput: terminalOutput(record, {
      root,
      ...(stdout !== undefined && { stdout }),
      ...(stderr !== undefined && { stderr }),
    }),
    startTime: record.attempts[0]?.startedAt ?? answeredAt,
    endTime: answeredAt,
    soFar,
  }
}

/** Of the attempt that decided each unit; with its unit's name above it when there are several. */
async function outputOf(
  root: string,
  run: RunId,
  { units, attempts }: SuiteRecord,
  stream: 'stdout' | 'stderr',
): Promise<string | undefined> {
  const last = units.flatMap(({ id }) => attempts.findLast(({ unit }) => unit === id) ?? [])
  const texts = await Promise.all(
    last.map(async ({ unit, [stream]: ref }) => {
      const text = ref && (await readOutput(root, run, ref))?.toString('utf8')
      return text === undefined || units.length === 1 ? text : `--- ${unit}\n${text}`
    }),
  )
  const written = texts.filter((text) => text !== undefined)
  return written.length === 0 ? undefined : written.join('\n')
}

const isSkip = (record: SuiteRecord): boolean => statusOf(record) === 'skipped'

const statusOf = ({ status }: SuiteRecord): TaskAnswer['status'] =>
  status === 'passed' ? 'success' : status === 'skipped' ? 'skipped' : 'failure'
