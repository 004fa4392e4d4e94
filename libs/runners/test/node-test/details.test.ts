import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseName, type Suite, type TestCase, type UnitPart } from '@muster/model'
import { RUNNERS, type InProcessProgram, type RunnerContext } from '../../src/index.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

const DIR = 'libs/runners/test/fixtures/node-test/details'
const runner = RUNNERS['node:test']

const suiteOf = (
  include: readonly string[],
  args: readonly string[] = [],
  rest: Partial<Suite> = {},
): Suite => suiteAt(DIR, { name: 'node:test', args }, { include, ...rest })

async function programOf(
  suite: Suite,
  part?: UnitPart,
  context: RunnerContext = CONTEXT,
): Promise<InProcessProgram> {
  const prepared = await runner.prepare(suite, context, part)
  assert.ok(prepared.ok && prepared.value.type === 'in-process')
  return prepared.value
}

const argvOf = ({ input }: InProcessProgram): readonly string[] => (input as { argv: string[] }).argv

const concurrencyOf = async (suite: Suite): Promise<string | undefined> =>
  argvOf(await programOf(suite)).find((arg) => arg.startsWith('--test-concurrency'))

async function wholeWith(args: readonly string[]): Promise<string> {
  const { input } = await programOf(suiteOf(['i.test.mjs'], args))
  return String((input as { reporter: { whole?: string } }).reporter.whole)
}

describe('node:test', function () {
  this.timeout(30_000)

  describe('in one run', () => {
    const files = [
      '[[]id].test.mjs',
      'i.test.mjs',
      'plain.test.mjs',
      'root-hook.test.mjs',
      'same-words.test.mjs',
    ]
    let coverageDir = ''
    let cases: readonly TestCase[] = []
    let run: Awaited<ReturnType<typeof runProgram>>
    const named = (name: string): TestCase => {
      const found = cases.find((each) => caseName(each) === name)
      assert.ok(found, `${name} in ${cases.map(caseName).join(', ')}`)
      return found
    }
    before(async () => {
      coverageDir = await mkdtemp(join(tmpdir(), 'node-coverage-'))
      run = await runProgram(await programOf(suiteOf(files), undefined, { ...CONTEXT, coverageDir }))
      cases = run.cases
    })
    after(() => rm(coverageDir, { recursive: true }))

    it('counts as node does', () => {
      assert.deepEqual(run.errors, [])
      assert.deepEqual(run.ends, [{ passed: 5, failed: 1, skipped: 0 }])
    })
    it('knows the files of tests that stand in a helper', () => {
      assert.equal(named('common › holds for id').file, `${DIR}/[id].test.mjs`)
      assert.equal(named('common › holds for i').file, `${DIR}/i.test.mjs`)
    })
    it('takes a file without tests for a test', () => {
      assert.equal(named('plain.test.mjs').status, 'passed')
    })
    it('tells a failing hook of a file', () => {
      const { hook, file, error } = named('"after" hook')
      assert.deepEqual([hook, file], [true, `${DIR}/root-hook.test.mjs`])
      assert.equal(error?.message, 'no tear-down of the file')
    })
    it('leaves the coverage of all processes', async () => {
      const reports = await readdir(coverageDir)
      const texts = await Promise.all(reports.map((name) => readFile(join(coverageDir, name), 'utf8')))
      assert.ok(texts.some((text) => text.includes(`${DIR}/helper.mjs`)))
    })
  })

  it('keeps what was told when node is killed', async () => {
    const { cases, ends, errors } = await runProgram(
      await programOf(suiteOf(['i.test.mjs', 'z-killed.test.mjs'])),
    )
    assert.deepEqual(cases.map(caseName), ['common › holds for i'])
    assert.deepEqual(ends, [])
    assert.deepEqual(
      errors.map(({ message }) => message),
      ['node --test ended without a result: it was killed by SIGKILL'],
    )
  })

  it('says what came when its test had passed', async () => {
    const { cases, ends } = await runProgram(await programOf(suiteOf(['late.test.mjs'])))
    assert.deepEqual(ends, [{ passed: 2, failed: 1, skipped: 0 }])
    const message = cases.find(({ status }) => status === 'failed')?.error?.message ?? ''
    assert.match(message, /^late\.test\.mjs exited with code 1: Error: Test "is over" .*"Error: too late"/)
  })

  it('tells what a file wrote that was killed', async () => {
    const { cases } = await runProgram(await programOf(suiteOf(['output.test.mjs'])))
    const [{ error, stdout, stderr, errored } = {} as TestCase] = cases
    assert.deepEqual(
      [error?.message, stdout, stderr, errored],
      ['output.test.mjs was killed by SIGKILL', 'on stdout\n', 'on stderr\n', true],
    )
  })

  it('reruns all of a file for its hook, or for itself', async () => {
    const file = `${DIR}/root-hook.test.mjs`
    for (const path of [['"after" hook'], ['root-hook.test.mjs']]) {
      const { cases, closing } = await runProgram(
        await programOf(suiteOf(['*.test.mjs']), { cases: [{ file, path }] }),
      )
      assert.deepEqual(cases.map(caseName), ['passes', '"after" hook'])
      assert.equal(closing?.missing, undefined)
    }
  })

  it('prepares what a person would type', async () => {
    const part = {
      files: [`${DIR}/i.test.mjs`],
      cases: [{ file: `${DIR}/i.test.mjs`, path: ['a (b)', 'c'] }],
    }
    const { reproduce, notes } = await programOf(suiteOf([], ['--import', 'tsx']), part)
    assert.equal(
      reproduce,
      String.raw`(cd ${DIR} && node --import tsx --test '--test-name-pattern=^a \(b\)$' i.test.mjs)`,
    )
    assert.equal(notes, undefined)
  })

  it('leaves out what does not work, and says so', async () => {
    const args = ['--watch', '--test-reporter', 'tap', '--test-shard=1/2', '--test-timeout=50']
    const program = await programOf(suiteOf(['i.test.mjs'], args))
    assert.deepEqual(program.notes, [
      '--watch is ignored: a run comes to an end.',
      '--test-reporter is ignored: Muster reads what its own reporter is told.',
      '--test-shard is ignored: Muster splits suites by itself.',
    ])
    assert.ok(!argvOf(program).some((arg) => arg === 'tap' || arg.startsWith('--test-shard')))
    assert.ok(argvOf(program).includes('--test-timeout=50'))
  })

  it('runs one file at a time, or as many as the suite reserves, or says', async () => {
    assert.equal(await concurrencyOf(suiteOf(['i.test.mjs'])), '--test-concurrency=1')
    const requires = { cpus: 3, labels: [], exclusive: [], semaphores: {} }
    assert.equal(await concurrencyOf(suiteOf(['i.test.mjs'], [], { requires })), '--test-concurrency=3')
    const own = ['--test-concurrency=7']
    assert.equal(await concurrencyOf(suiteOf(['i.test.mjs'], own)), own[0])
  })

  it('finds the files that node finds, without those that are excluded', async () => {
    const files = await runner.files?.(suiteOf([], [], { exclude: ['z-*', '[[]*'] }), CONTEXT)
    assert.ok(files?.ok)
    const names = ['i', 'late', 'output', 'plain', 'root-hook', 'same-words']
    assert.deepEqual(
      files.value,
      names.map((name) => `${DIR}/${name}.test.mjs`),
    )
    const none = await runner.files(suiteOf(['*.nothing']), CONTEXT)
    assert.equal(!none.ok && none.error.type, 'no-files')
  })

  it('says what must not be split', async () => {
    assert.equal(await wholeWith([]), 'undefined')
    assert.match(await wholeWith(['--test-isolation', 'none']), /share one process/)
    assert.match(await wholeWith(['--experimental-test-isolation=none']), /share one process/)
    assert.match(await wholeWith(['--test-global-setup=a.mjs']), /runs once/)
  })
})
