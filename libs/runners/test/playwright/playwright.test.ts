import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { caseName, type Attachment, type Suite, type ToolSpec, type UnitPart } from '@muster/model'
import { RUNNERS, type InProcessProgram, type RunnerContext } from '../../src/index.ts'
import { outcomeOf } from '../contract/run-unit.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'
import { runProgram, type RunSettings, type UnitRun } from '../support/run-program.ts'

const FIXTURES = 'libs/runners/test/fixtures/playwright'
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

const suite = (name: string, spec: Partial<ToolSpec> = {}, rest: Partial<Suite> = {}): Suite =>
  suiteAt(`${FIXTURES}/${name}`, { name: 'playwright', args: [], ...spec }, { include: [], ...rest })

async function prepared(
  of: Suite,
  context: RunnerContext = CONTEXT,
  part?: UnitPart,
): Promise<InProcessProgram> {
  const program = await RUNNERS.playwright.prepare(of, context, part)
  assert.ok(program.ok && program.value.type === 'in-process')
  return program.value
}
const run = async (of: Suite, part?: UnitPart, settings?: RunSettings): Promise<UnitRun> =>
  runProgram(await prepared(of, CONTEXT, part), settings)
const told = ({ cases }: UnitRun): string[] =>
  cases.map((each) => [caseName(each), each.status, each.skipReason].filter(Boolean).join(', ')).sort()
const argumentsOf = ({ input }: InProcessProgram): string[] => (input as { argv: string[] }).argv.slice(3)

describe('playwright', function () {
  this.timeout(60_000)

  it('tells projects apart, also when cases run again, and does not split what depends on each other', async () => {
    const whole = await run(suite('projects'))
    assert.deepEqual(told(whole), [
      'one › is one, passed',
      'set-up › is ready, passed',
      'two › is one, failed',
    ])
    assert.match(whole.closing?.whole ?? '', /^project one depends on another one/)
    const failed = whole.cases.filter(({ status }) => status === 'failed')
    const again = await run(suite('projects'), {
      cases: failed.map(({ path, file }) => ({ path, file: file! })),
    })
    assert.deepEqual(told(again), ['two › is one, failed'])
    assert.deepEqual(again.closing?.counts, { passed: 0, failed: 1, skipped: 0 })
  })

  it('tells each test of a serial group once, and what did not run', async () => {
    const { cases, closing } = await run(suite('serial'))
    assert.deepEqual(told({ cases } as UnitRun), [
      'steps › first, passed',
      'steps › second, failed',
      'steps › third, skipped, did not run',
    ])
    const second = cases.find(({ path }) => path[1] === 'second')
    assert.equal(second?.attempts, 2)
    assert.equal(second.earlierErrors?.length, 1)
    assert.deepEqual(closing?.counts, { passed: 1, failed: 1, skipped: 1 })
  })

  it('a browser that is missing is the environment’s fault, and no failed test', async () => {
    const result = await run(suite('no-browser'))
    assert.deepEqual(result.cases, [])
    const outcome = outcomeOf(result)
    assert.equal(outcome.status, 'environment-error')
    assert.match(result.errors[0]?.message ?? '', /no browser.*\/nowhere\/chromium.*npx playwright install/)
  })

  describe('with a browser', () => {
    let result: UnitRun
    const attachmentsOf = (title: string): ReadonlyMap<string, Attachment> =>
      new Map(
        result.cases.find(({ path }) => path[0] === title)?.attachments?.map((each) => [each.name, each]),
      )

    before(async function () {
      if (!existsSync(CHROMIUM)) {
        assert.notEqual(process.env['CI'], 'true', `no Chromium at ${CHROMIUM}`)
        console.warn(`SKIPPED: playwright is not tested with a browser: there is none at ${CHROMIUM}`)
        this.skip()
      }
      result = await run(suite('browser'), undefined, { env: { MUSTER_CHROMIUM: CHROMIUM } })
    })

    it('tests pass and fail', () => {
      assert.deepEqual(told(result), ['misses a button, failed', 'shows a page, passed'])
      const failed = result.cases.find(({ status }) => status === 'failed')
      assert.match(failed?.error?.message ?? '', /toBeVisible\(\) failed/)
      assert.match(failed?.error?.stack ?? '', /a\.spec\.js:\d+:\d+/)
    })

    it('screenshots and traces are attached as files', async () => {
      const attachments = attachmentsOf('misses a button')
      const { contentType, file } = attachments.get('screenshot')!
      assert.equal(contentType, 'image/png')
      const image = await readFile(join(CONTEXT.root, file!)).catch(() => readFile(file!))
      assert.equal(image.subarray(1, 4).toString(), 'PNG')
      assert.equal(attachments.get('trace')?.contentType, 'application/zip')
    })

    it('what a test attached as a value has become a file', async () => {
      const { file } = attachmentsOf('shows a page').get('prices')!
      assert.deepEqual(JSON.parse(await readFile(file!, 'utf8')), { tea: 3 })
    })
  })

  it('runs what include says', async () => {
    const chosen = suite('several-files', {}, { include: ['*.spec.js'], exclude: ['b.*'] })
    const { cases } = await run(chosen)
    assert.deepEqual([...new Set(cases.map(({ file }) => file?.at(-9)))], ['a', 'c'])
    const { reproduce } = await prepared(chosen)
    assert.equal(reproduce, `(cd ${FIXTURES}/several-files && npx playwright test a.spec.js c.spec.js)`)
  })

  it('keeps the reporters that the suite asks for, and the artifacts of each unit apart', async () => {
    const of = suite('passes', { args: ['--reporter=dot', '--ui', '--project', 'web'] })
    const program = await prepared(of, { ...CONTEXT, coverageDir: '/nowhere' })
    const [project, web, reporter, ...rest] = argumentsOf(program)
    assert.deepEqual([project, web], ['--project', 'web'])
    assert.match(reporter ?? '', /^--reporter=dot,.*\/reporter\.js$/)
    assert.ok(rest.includes('--workers=1'))
    assert.match(program.notes?.join() ?? '', /ignored for playwright: --ui,playwright measures no coverage/)
    const output = async (part: UnitPart): Promise<string | undefined> =>
      argumentsOf(await prepared(of, CONTEXT, part)).find((each) => each.startsWith('--output='))
    assert.notEqual(await output({ files: ['a'] }), await output({ files: ['b'] }))
    const own = await prepared(suite('passes', { args: ['--output=mine'] }))
    assert.equal(argumentsOf(own).filter((each) => each.startsWith('--output')).length, 1)
  })
})
