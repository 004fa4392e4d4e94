import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseName, type Suite, type UnitPart } from '@muster/model'
import { RUNNERS, type RunnerContext } from '../../src/index.ts'
import { findPython } from '../../src/pytest/find-python.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'
import { runProgram, type UnitRun } from '../support/run-program.ts'
import { PLAIN, pytestMissing } from './support.ts'

const FIXTURES = 'libs/runners/test/fixtures/pytest'

const pytestSuite = (dir: string, args: readonly string[] = [], rest: Partial<Suite> = {}): Suite =>
  suiteAt(dir, { name: 'pytest', args }, { include: [], ...rest })

async function prepare(suite: Suite, context: Partial<RunnerContext> = {}, part?: UnitPart) {
  const prepared = await RUNNERS.pytest.prepare(suite, { ...CONTEXT, ...context }, part)
  assert.ok(prepared.ok && prepared.value.type === 'in-process')
  return prepared.value
}
const run = async (...asked: Parameters<typeof prepare>): Promise<UnitRun> =>
  runProgram(await prepare(...asked), { env: PLAIN })

const files = async (name: string, rest: Partial<Suite> = {}) => {
  const found = await RUNNERS.pytest.files?.(pytestSuite(`${FIXTURES}/${name}`, [], rest), CONTEXT)
  assert.ok(found?.ok)
  return found.value.map((file) => file.slice(`${FIXTURES}/${name}/`.length))
}

describe('pytest runner', function () {
  this.timeout(60_000)
  let temporary = ''
  before(async function () {
    const { missing } = pytestMissing('python3')
    temporary = await mkdtemp(join(tmpdir(), 'pytest-runner-'))
    if (missing === undefined) return
    assert.notEqual(process.env['CI'], 'true', missing)
    console.warn(missing)
    this.skip()
  })
  after(() => rm(temporary, { recursive: true }))

  it('lists what pytest collects, also what does not load, and nothing that is excluded', async () => {
    const [broken, excluded, included] = await Promise.all([
      files('no-load'),
      files('several-files', { exclude: ['below/**'] }),
      files('several-files', { include: ['**/test_[ac].py'] }),
    ])
    assert.deepEqual(broken, ['test_a.py', 'test_b.py'])
    assert.deepEqual(excluded, ['test_a.py', 'test_b.py'])
    assert.deepEqual(included, ['below/test_c.py', 'test_a.py'])
  })

  it('numbers that a test records are its metrics', async () => {
    const { cases } = await run(
      pytestSuite(`${FIXTURES}/passes`),
      {},
      {
        cases: [{ file: `${FIXTURES}/passes/test_a.py`, path: ['test_alone'] }],
      },
    )
    assert.deepEqual(
      cases.map(({ metrics }) => metrics),
      [{ rows: { value: 12 }, ratio: { value: 0.5 } }],
    )
  })

  it('says what is wrong with the command line, and why a suite is not to be split', async () => {
    const [usage, halting] = await Promise.all([
      run(pytestSuite(`${FIXTURES}/passes`, ['--no-such-option'])),
      run(pytestSuite(`${FIXTURES}/several-files`, ['-x'])),
    ])
    assert.match(usage.errors[0]?.message ?? '', /pytest ended without a result: it exited with code 4/)
    assert.match(usage.stderr, /unrecognized arguments: --no-such-option/)
    assert.equal(halting.closing?.counts.failed, 1)
    assert.match(halting.closing?.whole ?? '', /a failure in one file leaves out tests of others/)
  })

  it('takes a file that is gone for missing cases', async () => {
    const gone = { file: `${FIXTURES}/several-files/gone.py`, path: ['test_x'] }
    const there = { file: `${FIXTURES}/several-files/test_b.py`, path: ['test_shared'] }
    const unit = await run(pytestSuite(`${FIXTURES}/several-files`), {}, { cases: [gone, there] })
    assert.deepEqual(unit.cases.map(caseName), ['test_shared'])
    assert.equal(unit.closing?.missing, '1 of the 2 test cases to rerun no longer exist: test_x')
  })

  it('a Python without pytest is an environment error with a fix, and one without coverage says so', async () => {
    const dir = join(temporary, 'bare')
    await mkdir(dir)
    execFileSync('python3', ['-m', 'venv', '--without-pip', join(dir, '.venv')])
    const suite = pytestSuite('bare')
    const context = { root: temporary }
    const [version, unit] = await Promise.all([
      RUNNERS.pytest.version(suite, { ...CONTEXT, ...context }),
      run(suite, context),
    ])
    assert.ok(!version.ok && version.error.type === 'environment')
    assert.match(version.error.message, /^pytest can't be loaded by \.venv\/bin\/python: ModuleNotFoundError/)
    assert.match(version.error.fix, /\.venv\/bin\/python -m pip install pytest/)
    assert.equal(unit.errors[0]?.environment, true)
    assert.match(unit.errors[0]?.message ?? '', /No module named 'pytest'.*; install it there: /)
  })

  it('types a command that repeats the unit', async () => {
    const cases = [
      { file: 'a/test_a.py', path: ['TestX', 'test_y[1]'] },
      { file: 'a/test_b.py', path: ['test_b.py'] },
      { file: 'a/test_c.py', path: ['test_c', '"teardown" hook'] },
    ]
    const { reproduce } = await prepare(pytestSuite('a', ['-q']), {}, { cases })
    assert.equal(
      reproduce,
      "(cd a && python3 -m pytest -q 'test_a.py::TestX::test_y[1]' test_b.py test_c.py::test_c)",
    )
  })
})

describe('findPython', () => {
  let root = ''
  const put = async (path: string): Promise<string> => {
    const file = join(root, path)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, '')
    await chmod(file, 0o755)
    return file
  }
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'find-python-'))))
  afterEach(() => rm(root, { recursive: true }))

  it('prefers what is named, then what is closest', async () => {
    const dir = join(root, 'a/b')
    assert.deepEqual(findPython(dir, root, {}).argv, ['python3'])
    const far = await put('venv/bin/python')
    assert.deepEqual(findPython(dir, root, {}), { argv: [far], typed: ['../../venv/bin/python'] })
    const near = await put('a/.venv/bin/python')
    assert.deepEqual(findPython(dir, root, {}).argv, [near])
    assert.deepEqual(findPython(dir, root, { PYTHON: '/opt/python' }).argv, ['/opt/python'])
  })

  it('starts Python by the tool whose lock is there, if it is installed', async () => {
    await put('uv.lock')
    await put('a/poetry.lock')
    const dir = join(root, 'a')
    assert.deepEqual(findPython(dir, root, { PATH: '' }).argv, ['python3'])
    await put('bin/uv')
    const env = { PATH: join(root, 'bin') }
    assert.deepEqual(findPython(dir, root, env).argv, ['uv', 'run', 'python'])
    await put('bin/poetry')
    assert.deepEqual(findPython(dir, root, env).argv, ['poetry', 'run', 'python'])
  })

  it('looks nowhere above the workspace', async () => {
    await put('.venv/bin/python')
    assert.deepEqual(findPython(join(root, 'workspace/a'), join(root, 'workspace'), {}).argv, ['python3'])
  })
})
