import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseName, type Suite } from '@muster/model'
import * as fc from 'fast-check'
import { RUNNERS, type RunnerContext } from '../../src/index.ts'
import { goArguments } from '../../src/go/go-arguments.ts'
import { goModules, packageFolder } from '../../src/go/go-modules.ts'
import { runPattern } from '../../src/go/run-pattern.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'
import { runProgram, type UnitRun } from '../support/run-program.ts'
import { goMissing } from './support.ts'

const FIXTURES = 'libs/runners/test/fixtures/go'

const goSuite = (dir: string, args: readonly string[] = [], rest: Partial<Suite> = {}): Suite =>
  suiteAt(dir, { name: 'go', args }, { include: [], ...rest })

async function run(suite: Suite, context: Partial<RunnerContext> = {}): Promise<UnitRun> {
  const prepared = await RUNNERS.go.prepare(suite, { ...CONTEXT, ...context })
  assert.ok(prepared.ok && prepared.value.type === 'in-process')
  return runProgram(prepared.value)
}

describe('go test', function () {
  this.timeout(60_000)
  let temporary: string

  before(async function () {
    const { missing } = goMissing()
    temporary = await mkdtemp(join(tmpdir(), 'go-runner-'))
    if (missing === undefined) return
    assert.notEqual(process.env['CI'], 'true', missing)
    console.warn(missing)
    this.skip()
  })
  after(() => rm(temporary, { recursive: true }))

  it("a test that Go's own limit has ended is broken, and what had passed is kept", async () => {
    const unit = await run(goSuite(`${FIXTURES}/timeout`, ['-timeout=200ms']))
    const [first, forEver] = ['TestFirst', 'TestForEver'].map((name) =>
      unit.cases.find((each) => caseName(each).endsWith(name)),
    )
    assert.equal(first?.status, 'passed')
    assert.deepEqual([forEver?.status, forEver?.errored], ['failed', true])
    assert.match(forEver?.error?.message ?? '', /^panic: test timed out after 200ms/)
    assert.deepEqual(unit.closing?.counts, { passed: 1, failed: 1, skipped: 0 })
  })

  it('leaves a cover profile in the folder', async () => {
    const unit = await run(goSuite(`${FIXTURES}/covered`), { coverageDir: temporary })
    assert.deepEqual(unit.closing?.counts, { passed: 1, failed: 0, skipped: 0 }, unit.stderr)
    const profile = await readFile(join(temporary, 'cover.out'), 'utf8')
    assert.match(profile, /^mode: set\n(?:.*\n)*example\.test\/fixtures\/covered\/sums\.go:5\.\S+ 1 0$/m)
  })

  it('says what Go says when there is no module', async () => {
    await mkdir(join(temporary, 'none'))
    const unit = await run(goSuite('none'), { root: temporary })
    assert.match(unit.errors[0]?.message ?? '', /^go test failed: .*(?:go\.mod|main module)/)
    assert.equal(unit.closing, undefined)
  })
})

describe('go runner without go', () => {
  const context = { ...CONTEXT, env: { PATH: '' } }
  const suite = goSuite(`${FIXTURES}/passes`)

  it('is an environment error with a fix', async () => {
    for (const asked of [RUNNERS.go.prepare(suite, context), RUNNERS.go.version(suite, context)]) {
      const found = await asked
      assert.ok(!found.ok && found.error.type === 'environment')
      assert.match(found.error.fix, /golang-go/)
    }
  })
})

const flagsOf = (suite: Suite, ...more: [Parameters<typeof goArguments>[1]?]) =>
  goArguments(suite, more[0] ?? {}, undefined)

describe('arguments of go test', () => {
  it("turns Go's own cache off, and keeps to the suite's cpus, unless the suite says otherwise", () => {
    const usual = flagsOf(goSuite('a'))
    assert.deepEqual(usual, { flags: ['-count=1', '-p=1', '-parallel=1'], packages: ['./...'], rest: [] })
    const requires = { labels: [], exclusive: [], semaphores: {}, cpus: 2.5 }
    assert.deepEqual(flagsOf(goSuite('a', [], { requires })).flags, ['-count=1', '-p=2', '-parallel=2'])
    const own = ['-count=2', '-p', '4', '--parallel=8', '-race', '-args', '-x']
    assert.deepEqual(flagsOf(goSuite('a', own)), {
      flags: own.slice(0, 5),
      packages: ['./...'],
      rest: ['-args', '-x'],
    })
    assert.ok(flagsOf(goSuite('a', [], { timeoutMs: 700_000 })).flags.includes('-timeout=0'))
  })

  it('include names packages; parts name folders, and cases their tests', () => {
    assert.deepEqual(flagsOf(goSuite('a', [], { include: ['b/...', './c'] })).packages, ['./b/...', './c'])
    assert.deepEqual(flagsOf(goSuite('a'), { files: ['a/b', 'a'] }).packages, ['./b', './'])
    const cases = [{ file: 'a/b', path: ['m/b', 'TestX/y'] }]
    assert.deepEqual(flagsOf(goSuite('a'), { cases }).flags.at(-1), '-run=^(?:TestX)$/^(?:y)$')
    const broken = [...cases, { file: 'a/c', path: ['m/c', '(build failed)'] }]
    assert.ok(flagsOf(goSuite('a'), { cases: broken }).flags.every((flag) => !flag.startsWith('-run')))
  })
})

/** As Go does it: part by part, as many as pattern and name both have. */
const matches = (pattern: string, test: string): boolean => {
  const parts = pattern.split(/(?<=\$)\/(?=\^)/)
  return test
    .split('/')
    .slice(0, parts.length)
    .every((each, depth) => new RegExp(parts[depth]!).test(each))
}

describe('runPattern', () => {
  const title = fc.stringMatching(/^[\w.+()[\]#-]{1,6}$/)
  const name = fc.array(title, { minLength: 1, maxLength: 4 }).map((titles) => titles.join('/'))

  it('takes in all tests that are asked for', () => {
    const names = fc.array(name, { minLength: 1, maxLength: 5 })
    fc.assert(fc.property(names, (asked) => asked.every((each) => matches(runPattern(asked), each))))
  })

  it('takes in of a single test what is above and below it, and nothing else', () => {
    const close = fc.oneof(fc.constantFrom('a', 'ax', 'a.x', 'a+'), title)
    const path = fc.array(close, { minLength: 1, maxLength: 3 }).map((titles) => titles.join('/'))
    fc.assert(
      fc.property(path, path, (asked, other) => {
        const isNear = `${asked}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${asked}/`)
        assert.equal(matches(runPattern([asked]), other), isNear)
      }),
    )
  })
})

describe('packages and folders', () => {
  let root: string
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'go-modules-'))
    await mkdir(join(root, 'one/deep'), { recursive: true })
    await mkdir(join(root, 'two'))
    await writeFile(join(root, 'go.work'), 'go 1.19\n\nuse (\n\t./one // first\n\t./two\n)\nuse ./gone\n')
    await writeFile(join(root, 'one/go.mod'), '// of one\nmodule example.test/one\n\ngo 1.19\n')
    await writeFile(join(root, 'two/go.mod'), 'module "example.test/one/two" // odd\n')
  })
  after(() => rm(root, { recursive: true }))

  it('finds the module around a folder, and those of the workspace', () => {
    const modules = goModules(join(root, 'one/deep'))
    assert.equal(packageFolder('example.test/one', modules), join(root, 'one'))
    assert.equal(packageFolder('example.test/one/deep', modules), join(root, 'one/deep'))
    assert.equal(packageFolder('example.test/one/two/x', modules), join(root, 'two/x'))
    assert.equal(packageFolder('example.test/other', modules), undefined)
  })
})
