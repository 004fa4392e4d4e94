import type { TestCase } from '@muster/model'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'

/** `broken`: it began and never ended. */
export type GoVerdict = 'passed' | 'failed' | 'skipped' | 'broken'

/** Lines of the test tool itself. */
const FRAME = /^\s*(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:PASS|FAIL|SKIP):)/

/** @param output what it printed, with the frames of the test tool */
export function goCase(
  packageName: string,
  test: string,
  verdict: GoVerdict,
  durationMs: number,
  output: string,
): TestCase {
  const said = output
    .split('\n')
    .filter((line) => !FRAME.test(line))
    .join('\n')
    .trim()
  const broken = verdict === 'broken'
  return makeCase({
    path: [packageName, test],
    status: broken ? 'failed' : verdict,
    durationMs,
    skipReason: said === '' ? undefined : lineOfTest(said),
    error: makeError({ message: broken && said === '' ? 'never ended' : message(said), stack: said }),
    errored: broken || /^panic: /m.test(said),
  })
}

/** A test without words of its own failed because of a subtest. */
const message = (said: string): string =>
  said === '' ? 'failed without a message; see its subtests' : lineOfTest(said)

/** What the test reports has a file and a line; anything else it prints may stand before. */
const lineOfTest = (said: string): string => {
  const lines = said.split('\n')
  const telling = lines.find((line) => /^panic: |^\s*[\w.-]+\.go:\d+: /.test(line)) ?? lines[0] ?? ''
  return telling.trim()
}
