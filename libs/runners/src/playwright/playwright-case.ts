import { stripVTControlCharacters } from 'node:util'
import type { DID_NOT_RUN, TestCase } from '@muster/model'
import { workspacePath } from '../workspace-path.ts'
import type { PlaywrightResult, PlaywrightSuite, PlaywrightTest } from './playwright-api.ts'
import { attachmentsOf } from './playwright-attachments.ts'
import { executionError } from './playwright-error.ts'

/** Written again, but checked: a reporter loads no package. */
const NOT_RUN: typeof DID_NOT_RUN = 'did not run'
const MAX_OUTPUT = 16_384

/** A test with all of its executions. `projects`: the project's name belongs to its path, as there are several. */
export function playwrightCase(root: string, projects: boolean, test: PlaywrightTest): TestCase {
  const [, project = '', , ...titles] = test.titlePath()
  const outcome = test.outcome()
  const last = test.results.at(-1)
  const failedBefore = test.results.filter((each) => each !== last && isUnexpected(test, each))
  const skipReason = outcome === 'skipped' ? skipReasonOf(test) : undefined
  const attachments = attachmentsOf(root, test)
  return {
    path: [...(projects && project !== '' ? [project] : []), ...titles],
    file: workspacePath(root, fileOf(test)),
    status: outcome === 'unexpected' ? 'failed' : outcome === 'skipped' ? 'skipped' : 'passed',
    durationMs: last?.duration ?? 0,
    ...(failedBefore.length > 0 && {
      attempts: failedBefore.length + 1,
      earlierErrors: failedBefore.map(executionError),
    }),
    ...(skipReason !== undefined && { skipReason }),
    ...(outcome === 'unexpected' && last && failure(last)),
    ...(attachments.length > 0 && { attachments }),
  }
}

/** The file that was loaded; a test may be defined by a helper. */
export function fileOf(test: PlaywrightTest): string {
  let suite: PlaywrightSuite | undefined = test.parent
  while (suite && suite.type !== 'file') suite = suite.parent
  return suite?.location?.file ?? test.location.file
}

export const isUnexpected = ({ expectedStatus }: PlaywrightTest, { status }: PlaywrightResult): boolean =>
  status !== expectedStatus && status !== 'skipped' && status !== 'interrupted'

function failure(result: PlaywrightResult): Pick<TestCase, 'error' | 'stdout' | 'stderr'> {
  const stdout = textOf(result.stdout)
  const stderr = textOf(result.stderr)
  return {
    error: executionError(result),
    ...(stdout !== '' && { stdout }),
    ...(stderr !== '' && { stderr }),
  }
}

function textOf(chunks: PlaywrightResult['stdout']): string {
  const text = chunks.map((each) => (typeof each === 'string' ? each : Buffer.from(each).toString())).join('')
  return stripVTControlCharacters(text).slice(-MAX_OUTPUT)
}

/** `test.skip` and `test.fixme` expect it, and leave an annotation; all else was left out because of others. */
function skipReasonOf({ annotations, expectedStatus }: PlaywrightTest): string | undefined {
  if (expectedStatus !== 'skipped') return NOT_RUN
  const annotation = annotations.find(({ type }) => type === 'skip' || type === 'fixme')
  if (annotation?.type !== 'fixme') return annotation?.description
  return ['fixme', annotation.description].filter(Boolean).join(': ')
}
