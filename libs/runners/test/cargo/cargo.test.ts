import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { caseName, type CaseRef, type Suite, type UnitPart } from '@muster/model'
import { RUNNERS, type RunnerContext } from '../../src/index.ts'
import type { ToolInput } from '../../src/tool/tool-input.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'
import { runProgram, type UnitRun } from '../support/run-program.ts'
import { cargoMissing, useTemporaryTarget } from './support.ts'

const FIXTURES = 'libs/runners/test/fixtures/cargo'

const cargoSuite = (dir: string, args: readonly string[] = [], rest: Partial<Suite> = {}): Suite =>
  suiteAt(dir, { name: 'cargo', args }, { include: [], ...rest })

async function prepare(suite: Suite, context: Partial<RunnerContext> = {}, part?: UnitPart) {
  const prepared = await RUNNERS.cargo.prepare(suite, { ...CONTEXT, ...context }, part)
  assert.ok(prepared.ok && prepared.value.type === 'in-process')
  return { ...prepared.value, input: prepared.value.input as ToolInput }
}

useTemporaryTarget()

const rerun = async (name: string, cases: readonly CaseRef[]): Promise<UnitRun> =>
  runProgram(await prepare(cargoSuite(`${FIXTURES}/${name}`), {}, { cases }))

const names = ({ cases }: UnitRun): string[] => cases.map(caseName).sort()

describe('cargo test', function () {
  this.timeout(60_000)
  before(function () {
    const { missing } = cargoMissing()
    if (missing === undefined) return
    assert.notEqual(process.env['CI'], 'true', missing)
    console.warn(missing)
    this.skip()
  })

  it('runs certain cases only, whatever else bears their names', async () => {
    const cases = [
      { path: ['several-files::it', 'other'] },
      { path: ['several-files::bin/tool', 'tests::shared'] },
    ]
    const unit = await rerun('several-files', cases)
    assert.deepEqual(names(unit), ['several-files::bin/tool › tests::shared', 'several-files::it › other'])
    assert.deepEqual(unit.closing?.counts, { passed: 0, failed: 2, skipped: 0 })
    assert.equal(unit.closing?.missing, undefined)
  })

  it('runs failed doc tests and whole targets again, and misses what is gone', async () => {
    const doc = { path: ['several-files::doc', 'several-files/src/lib.rs - documented (line 9)'] }
    const own = { path: ['several-files::own', '(own harness)'] }
    const unit = await rerun('several-files', [doc, own, { path: ['several-files::it', 'gone'] }])
    const failing = unit.cases.filter(
      ({ path }) => path[0] !== 'several-files::doc' && path[0] !== 'several-files::own',
    )
    // What fails beside is told as well.
    assert.ok(failing.every(({ status }) => status === 'failed'))
    assert.ok(names(unit).includes(doc.path.join(' › ')) && names(unit).includes(own.path.join(' › ')))
    assert.equal(
      unit.closing?.missing,
      '1 of the 3 test cases to rerun no longer exist: several-files::it › gone',
    )
  })

  it('does not know which of several threads has ended the binary', async () => {
    const program = await prepare(cargoSuite(`${FIXTURES}/crash`, ['--test', 'exits']), {
      env: { ...process.env, RUST_TEST_THREADS: '4' },
    })
    assert.equal(program.input.env?.['RUST_TEST_THREADS'], undefined)
    const unit = await runProgram(program, { env: { RUST_TEST_THREADS: '4' } })
    assert.deepEqual(names(unit), ['crash::exits › (ended early)'])
    assert.deepEqual(unit.closing?.counts, { passed: 0, failed: 1, skipped: 0 })
  })

  it('says what cargo says when it has nothing to build', async () => {
    const root = await mkdtemp(join(tmpdir(), 'cargo-runner-'))
    try {
      const unit = await runProgram(await prepare(cargoSuite('.'), { root }))
      assert.match(unit.errors[0]?.message ?? '', /^error: could not find `Cargo\.toml`/)
      assert.equal(unit.errors[0]?.environment, false)
    } finally {
      await rm(root, { recursive: true })
    }
  })
})

describe('what cargo is asked', () => {
  let bin = ''
  before(async () => {
    bin = await mkdtemp(join(tmpdir(), 'cargo-bin-'))
    for (const name of ['cargo', 'cargo-nextest', 'cargo-llvm-cov']) {
      await writeFile(join(bin, name), '')
      await chmod(join(bin, name), 0o755)
    }
  })
  after(() => rm(bin, { recursive: true }))
  const all = () => ({ env: { PATH: ['/nowhere', bin].join(delimiter) } })

  it('is all of the package, with as many threads as the suite has cpus', async () => {
    const { input, reproduce, notes } = await prepare(
      cargoSuite('a', ['--features', 'x', '--', '--nocapture']),
      all(),
    )
    assert.deepEqual(input.argv.slice(1), [
      'test',
      '--message-format=json',
      '--no-fail-fast',
      '--features',
      'x',
      '--',
      '--nocapture',
    ])
    assert.equal(input.env?.['RUST_TEST_THREADS'], '1')
    assert.equal(reproduce, '(cd a && cargo test --no-fail-fast --features x -- --nocapture)')
    assert.equal(notes, undefined)
  })

  it('leaves out what would leave nothing to read, and says so', async () => {
    const suite = cargoSuite('a', ['-q', '--message-format', 'short', '--release'], { include: ['src/*.rs'] })
    const { input, notes = [] } = await prepare(suite, all(), { files: ['a/src/lib.rs'] })
    assert.deepEqual(input.argv.slice(3), ['--no-fail-fast', '--release'])
    assert.match(notes.join('\n'), /^-q, --message-format, short: ignored/)
    assert.match(notes.join('\n'), /include and exclude have no effect[^]*runs whole/)
  })

  it('takes nextest where the suite asks for it', async () => {
    const suite = cargoSuite('a', ['nextest', 'run', '--profile', 'ci'])
    const { input, reproduce } = await prepare(suite, all(), { cases: [{ path: ['a::it', 'x'] }] })
    assert.deepEqual(input.argv.slice(1, 4), ['nextest', 'run', '--message-format=libtest-json-plus'])
    assert.match(reproduce, /cargo nextest run --no-fail-fast --profile ci --test it -- --exact x\)$/)
    await rm(join(bin, 'cargo-nextest'))
    const missing = await RUNNERS.cargo.prepare(suite, { ...CONTEXT, ...all() })
    assert.ok(!missing.ok && missing.error.type === 'environment')
    assert.match(missing.error.fix, /cargo-nextest/)
  })

  it('measures coverage with cargo-llvm-cov, or says that it is missing', async () => {
    const context = { ...all(), coverageDir: '/c' }
    const { input } = await prepare(cargoSuite('a'), context)
    assert.deepEqual(input.argv.slice(1, 5), ['llvm-cov', '--lcov', '--output-path', '/c/lcov.info'])
    await rm(join(bin, 'cargo-llvm-cov'))
    const without = await prepare(cargoSuite('a'), context)
    assert.deepEqual(without.notes, ['no coverage: install cargo-llvm-cov'])
  })

  it('is nothing without cargo', async () => {
    const context = { ...CONTEXT, env: { PATH: '' } }
    for (const asked of [
      RUNNERS.cargo.prepare(cargoSuite('a'), context),
      RUNNERS.cargo.version(cargoSuite('a'), context),
    ]) {
      const found = await asked
      assert.ok(!found.ok && found.error.type === 'environment')
      assert.match(found.error.fix, /Install Rust/)
    }
  })
})
