import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { caseName, type Suite, type UnitPart } from '@muster/model'
import { RUNNERS, type InProcessProgram, type RunnerContext } from '../../src/index.ts'
import { suiteAt } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'
import { VITEST_CONTEXT, VITEST_FIXTURES } from './vitest-fixtures.ts'

const dirOf = (fixture: string): string => relative(VITEST_CONTEXT.root, join(VITEST_FIXTURES, fixture))
const DETAILS = dirOf('details')

const suiteOf = (
  fixture: string,
  include: readonly string[] = [],
  args: readonly string[] = [],
  rest: Partial<Suite> = {},
): Suite => suiteAt(dirOf(fixture), { name: 'vitest', args }, { include, ...rest })

async function programOf(
  suite: Suite,
  part?: UnitPart,
  context: RunnerContext = VITEST_CONTEXT,
): Promise<InProcessProgram> {
  const prepared = await RUNNERS.vitest.prepare(suite, context, part)
  assert.ok(prepared.ok && prepared.value.type === 'in-process')
  return prepared.value
}

describe('vitest', function () {
  this.timeout(60_000)

  it('tells the cases of projects apart, and what forbids to split them', async () => {
    const file = `${dirOf('projects')}/src/both.spec.ts`
    const [{ cases, closing }, again, files] = await Promise.all([
      runProgram(await programOf(suiteOf('projects'))),
      runProgram(
        await programOf(suiteOf('projects'), { cases: [{ file, path: ['two', 'is on side one'] }] }),
      ),
      RUNNERS.vitest.files?.(suiteOf('projects'), VITEST_CONTEXT),
    ])
    assert.deepEqual(cases.map((each) => `${caseName(each)}: ${each.status}`).sort(), [
      'one › is on side one: passed',
      'one › is there once: passed',
      'two › is on side one: failed',
    ])
    assert.match(closing?.whole ?? '', /^bail: /)
    assert.deepEqual(again.cases.map(caseName), ['two › is on side one'])
    assert.equal(again.closing?.missing, undefined)
    assert.ok(files?.ok)
    assert.deepEqual(files.value, [file, `${dirOf('projects')}/src/single.spec.ts`])
  })

  it('leaves its coverage, and asks no threshold of a part', async () => {
    const coverageDir = await mkdtemp(join(tmpdir(), 'vitest-coverage-'))
    const part = { files: [`${DETAILS}/sum.spec.ts`] }
    const program = await programOf(suiteOf('details'), part, { ...VITEST_CONTEXT, coverageDir })
    const { errors, ends } = await runProgram(program)
    assert.deepEqual([errors, ends], [[], [{ passed: 1, failed: 0, skipped: 0 }]])
    const report: unknown = JSON.parse(await readFile(join(coverageDir, 'coverage-final.json'), 'utf8'))
    assert.deepEqual(Object.keys(report as object), [join(VITEST_FIXTURES, 'details/sum.ts')])
    await rm(coverageDir, { recursive: true })
  })

  it('is not green with an error that no test caught', async () => {
    const { cases, ends, errors } = await runProgram(
      await programOf(suiteOf('details', ['unhandled.spec.ts'])),
    )
    assert.deepEqual(
      cases.map(({ status }) => status),
      ['passed'],
    )
    assert.deepEqual(ends, [{ passed: 1, failed: 0, skipped: 0 }])
    assert.equal(errors[0]?.message, 'Unhandled Rejection: nobody catches this')
    assert.match(errors[0].stack ?? '', /unhandled\.spec\.ts:4/)
  })

  it('keeps what was told when vitest is killed', async () => {
    const { cases, ends, errors } = await runProgram(await programOf(suiteOf('details', ['killed.spec.ts'])))
    assert.deepEqual(cases.map(caseName), ['is done'])
    assert.deepEqual(ends, [])
    assert.deepEqual(
      errors.map(({ message }) => message),
      ['vitest ended without a result: it was killed by SIGKILL'],
    )
  })

  it('says which included file vitest would not run', async () => {
    const { errors } = await runProgram(await programOf(suiteOf('details', ['unlisted.ts'])))
    assert.deepEqual(
      errors.map(({ message, environment }) => [message, environment]),
      [
        [
          `vitest does not run ${DETAILS}/unlisted.ts: "include" of its configuration must match what this suite includes`,
          true,
        ],
      ],
    )
  })

  it('prepares what a person would type', async () => {
    const cases = [{ file: `${DETAILS}/sum.spec.ts`, path: ['sums'] }]
    const { reproduce } = await programOf(suiteOf('details', [], ['--project', 'a b']), { cases })
    assert.ok(reproduce.startsWith(`(cd ${DETAILS} && n`), reproduce)
    assert.ok(reproduce.endsWith(` run --project 'a b' '--testNamePattern=(^sums$)' sum.spec.ts)`), reproduce)
  })

  it('has no files where include matches none', async () => {
    const files = await RUNNERS.vitest.files(suiteOf('details', ['*.nothing']), VITEST_CONTEXT)
    assert.equal(!files.ok && files.error.type, 'no-files')
  })

  it('is said to be missing where it is not installed', async () => {
    const root = await mkdtemp(join(tmpdir(), 'no-vitest-'))
    const version = await RUNNERS.vitest.version(suiteAt('.', { name: 'vitest', args: [] }), {
      ...VITEST_CONTEXT,
      root,
    })
    assert.ok(!version.ok && version.error.type === 'environment')
    assert.equal(version.error.fix, 'Install it: npm i -D vitest')
    await rm(root, { recursive: true })
  })
})
