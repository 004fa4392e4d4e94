import type { OutputRef, RunId, SuiteRecord } from '@muster/model'
import { readOutput } from '../journal/output-store.ts'
import type { TaskAnswer } from './protocol.ts'

/** What Nx is told of one suite: its status and the text it shows for the task. */
export async function createAnswer(
  root: string,
  run: RunId,
  task: string,
  record: SuiteRecord,
  answeredAt: number,
): Promise<TaskAnswer> {
  const { terminalOutput } = await import('@muster/report')
  const text = async (ref: OutputRef | undefined) =>
    ref && (await readOutput(root, run, ref))?.toString('utf8')
  const [stdout, stderr] = await Promise.all([text(record.stdout), text(record.stderr)])
  return {
    task,
    status: record.status === 'passed' ? 'success' : record.status === 'skipped' ? 'skipped' : 'failure',
    terminalOutput: terminalOutput(record, {
      ...(stdout !== undefined && { stdout }),
      ...(stderr !== undefined && { stderr }),
    }),
    startTime: record.attempts[0]?.startedAt ?? answeredAt,
    endTime: answeredAt,
  }
}
