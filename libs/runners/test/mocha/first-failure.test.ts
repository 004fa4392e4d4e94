import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareMocha, CONTEXT, suiteAt } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

const TESTS = `
const say = (what) => require('node:fs').appendFileSync(__dirname + '/said', what + ' ')
describe('group', () => {
  after(() => say('after'))
  it('passes', () => say('pass'))
  it('is retried', function () {
    this.retries(1)
    say('try')
    if (this.test.currentRetry() === 0) throw new Error('not yet')
  })
  it('fails', () => { say('fail'); throw new Error('no') })
  it('comes later', () => say('later'))
})
`
const OTHER = "describe('other', () => { it('comes last', () => {}) })"

describe('a mocha unit whose failures nobody believes', function () {
  this.timeout(20_000)
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'muster-scout-'))
    await symlink(join(CONTEXT.root, 'node_modules'), join(root, 'node_modules'))
  })
  afterEach(() => rm(root, { recursive: true }))

  const scout = async () => {
    const program = await prepareMocha(suiteAt('.', { name: 'mocha', options: {} }), { ...CONTEXT, root })
    return runProgram({ ...program, input: program.scoutInput })
  }

  it('ends with the first failure, after the hooks behind it, and has counted what ran', async () => {
    await writeFile(join(root, 'a.spec.js'), TESTS)
    await writeFile(join(root, 'b.spec.js'), OTHER)
    const { cases, closing } = await scout()
    assert.deepEqual(
      cases.map(({ path, status }) => [path.at(-1), status]),
      [
        ['passes', 'passed'],
        ['is retried', 'passed'],
        ['fails', 'failed'],
      ],
    )
    assert.deepEqual(closing?.counts, { passed: 2, failed: 1, skipped: 0 })
    assert.equal(await readFile(join(root, 'said'), 'utf8'), 'pass try try fail after ')
  })

  it('runs to its end when all pass, and may be split', async () => {
    await writeFile(join(root, 'a.spec.js'), OTHER.replace('other', 'one'))
    await writeFile(join(root, 'b.spec.js'), OTHER)
    const { closing } = await scout()
    assert.deepEqual(closing?.counts, { passed: 2, failed: 0, skipped: 0 })
    assert.equal(closing.whole, undefined)
  })
})
