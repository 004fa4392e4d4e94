import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseName, type Suite, type ToolSpec, type UnitPart } from '@muster/model'
import { RUNNERS, type InProcessProgram, type RunnerContext } from '../../src/index.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'
import { runProgram, type UnitRun } from '../support/run-program.ts'

const FIXTURES = 'libs/runners/test/fixtures/jest'
const suite = (name: string, spec: Partial<ToolSpec> = {}, rest: Partial<Suite> = {}): Suite =>
  suiteAt(`${FIXTURES}/${name}`, { name: 'jest', args: [], ...spec }, { include: [], ...rest })

async function prepared(
  of: Suite,
  context: RunnerContext = CONTEXT,
  part?: UnitPart,
): Promise<InProcessProgram> {
  const program = await RUNNERS.jest.prepare(of, context, part)
  assert.ok(program.ok && program.value.type === 'in-process')
  return program.value
}
const run = async (of: Suite, context?: RunnerContext, part?: UnitPart): Promise<UnitRun> =>
  runProgram(await prepared(of, context, part))
const names = ({ cases }: UnitRun): string[] => cases.map(caseName).sort()
const workers = async (of: Suite): Promise<string[]> =>
  argumentsOf(await prepared(of)).filter((each) => /workers|-i\b/i.test(each))
const argumentsOf = ({ input }: InProcessProgram): string[] => (input as { argv: string[] }).argv.slice(2)

describe('jest', function () {
  this.timeout(60_000)

  it('tells projects apart, also when cases run again', async () => {
    const { cases, closing } = await run(suite('projects'))
    assert.deepEqual(cases.map((each) => `${caseName(each)}: ${each.status}`).sort(), [
      'one › is one: passed',
      'two › is one: failed',
    ])
    assert.deepEqual(closing?.counts, { passed: 1, failed: 1, skipped: 0 })
    const again = await run(suite('projects'), CONTEXT, {
      cases: [{ file: `${FIXTURES}/projects/a.test.js`, path: ['one', 'is one'] }],
    })
    // The same test of the other project fails, which nobody is kept from knowing.
    assert.deepEqual(names(again), ['one › is one', 'two › is one'])
    assert.equal(again.closing?.missing, undefined)
  })

  it('bail is a reason not to split, and no end without a result', async () => {
    const { cases, closing } = await run(suite('bail', { args: ['--testSequencer=./alphabetical.cjs'] }))
    assert.match(closing?.whole ?? '', /^bail is set/)
    assert.deepEqual(closing?.counts, { passed: 0, failed: 1, skipped: 0 })
    assert.equal(cases.length, 1)
  })

  it('obsolete snapshots fail as they fail jest', async () => {
    const { cases, closing, errors } = await run(suite('snapshots'))
    const obsolete = cases.find(({ status }) => status === 'failed')
    assert.deepEqual(obsolete?.path, ['obsolete snapshots'])
    assert.equal(obsolete.hook, true)
    assert.equal(obsolete.file, `${FIXTURES}/snapshots/a.test.js`)
    assert.match(obsolete.error?.message ?? '', /nobody asks for it 1$/)
    assert.deepEqual(closing?.counts, { passed: 1, failed: 1, skipped: 0 })
    assert.deepEqual(errors, [])
  })

  it('a failed global set-up is no result', async () => {
    const { cases, closing, errors, stderr } = await run(suite('global-setup-fails'))
    assert.deepEqual([cases, closing], [[], undefined])
    assert.match(errors[0]?.message ?? '', /jest ended without a result: it exited with code 1/)
    assert.match(stderr, /the server did not start/)
  })

  it('leaves coverage where it is wanted, and its threshold to others', async () => {
    const coverageDir = await mkdtemp(join(tmpdir(), 'jest-coverage-'))
    try {
      const { errors, closing } = await run(suite('coverage'), { ...CONTEXT, coverageDir })
      assert.deepEqual(errors, [])
      assert.equal(closing?.counts.passed, 1)
      assert.deepEqual(await readdir(coverageDir), ['coverage-final.json'])
      const text = await readFile(join(coverageDir, 'coverage-final.json'), 'utf8')
      assert.deepEqual(
        Object.keys(JSON.parse(text) as object).map((file) => file.slice(-16)),
        ['coverage/sign.js'],
      )
    } finally {
      await rm(coverageDir, { recursive: true })
    }
  })

  it('runs what include says, with the config that is named', async () => {
    const spec = { config: 'other.config.cjs' }
    const chosen = suite('chosen', spec, { include: ['**/a.test.js', 'b.test.js'], exclude: ['b.*'] })
    assert.deepEqual(names(await run(chosen)), ['in a', 'in deep/a'])
    const { reproduce } = await prepared(chosen)
    assert.equal(
      reproduce,
      `(cd ${FIXTURES}/chosen && npx jest a.test.js deep/a.test.js --runTestsByPath --config=other.config.cjs)`,
    )
    const excluding = suite('chosen', spec, { exclude: ['deep/**'] })
    const files = await RUNNERS.jest.files?.(excluding, CONTEXT)
    assert.deepEqual(files?.ok && files.value, [
      `${FIXTURES}/chosen/a.test.js`,
      `${FIXTURES}/chosen/b.test.js`,
    ])
    const none = await RUNNERS.jest.prepare(suite('chosen', spec, { include: ['*.not'] }), CONTEXT)
    assert.equal(!none.ok && none.error.type, 'no-files')
  })

  it('uses as many workers as the suite declares, or says itself', async () => {
    const requires = { cpus: 4, labels: [], exclusive: [], semaphores: {} }
    assert.deepEqual(await workers(suite('passes')), ['--maxWorkers=1'])
    assert.deepEqual(await workers(suite('passes', {}, { requires })), ['--maxWorkers=4'])
    assert.deepEqual(await workers(suite('passes', { args: ['-i'] }, { requires })), ['-i'])
  })

  it('says what it ignores', async () => {
    const { notes, input } = await prepared(suite('passes', { args: ['--watch', '--silent'] }))
    assert.deepEqual(notes, ['ignored for jest: --watch'])
    assert.ok((input as { argv: string[] }).argv.includes('--silent'))
  })

  it('a jest that is missing or too old is the environment’s fault', async () => {
    const lone = await mkdtemp(join(tmpdir(), 'no-jest-'))
    try {
      const version = await RUNNERS.jest.version(suiteAt('.', { name: 'jest', args: [] }), {
        ...CONTEXT,
        root: lone,
      })
      assert.ok(!version.ok && version.error.type === 'environment')
      assert.match(version.error.message, /jest is not installed/)
      assert.equal(version.error.fix, 'Install it: npm i -D jest')
    } finally {
      await rm(lone, { recursive: true })
    }
  })
})
