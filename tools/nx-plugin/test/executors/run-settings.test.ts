import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { runSettings } from '../../src/executors/run-settings.ts'
import { pluginOptions, type NxJsonLike } from '../../src/nx/plugin-options.ts'

const NAMES = [
  'RUN_ID',
  'COMMAND',
  'WORKERS',
  'FAIL_FAST',
  'TIMEOUT_MS',
  'REPORTS',
  'OBJECTIVE',
  'BUDGET_MS',
  'RETRIES',
  'LABELS',
].map((name) => `MUSTER_${name}`)
const owner = { pid: process.pid, startedAt: '1' }

const settings = (env: Record<string, string> = {}, options?: object) => {
  Object.assign(process.env, env)
  const plugins = [options ? { plugin: '@muster/nx', options } : '@muster/nx']
  return runSettings('/w', owner, { plugins })
}

const of = (...plugins: NonNullable<NxJsonLike['plugins']>) => pluginOptions({ plugins })

describe('options of the plugin', () => {
  it('are those of its own entry', () => {
    assert.deepEqual(
      of('x', { plugin: 'y', options: { workers: 9 } }, { plugin: '@muster/nx', options: { workers: 2 } }),
      {
        workers: 2,
      },
    )
  })
  it('are told, and count as not given, where they are not what they should be', () => {
    const wrong = {
      workers: 'many',
      failFast: 'yes',
      objective: 'quick',
      semaphores: { db: 'x' },
      labels: 'pi',
      sliceSeconds: 0,
    }
    const { warnings = [], ...used } = settings({}, { ...wrong, targetName: 'check' })
    assert.equal(used.workers, availableParallelism())
    assert.deepEqual(
      [used.failFast, used.objective, used.semaphores, used.labels],
      [false, 'balanced', {}, []],
    )
    assert.equal(warnings.length, 6)
    assert.match(
      warnings[0] ?? '',
      /workers is not used, expected a whole number of at least 1, found "many"/,
    )
    assert.deepEqual(of({ plugin: '@muster/nx', options: { ...wrong, targetName: 'check' } }), {
      targetName: 'check',
    })
    assert.deepEqual(settings({}, { workers: 3, semaphores: { db: 2 }, labels: ['pi'] }).warnings, [])
  })
  it('are none without any', () => {
    assert.deepEqual(of('@muster/nx'), {})
    assert.deepEqual(of({ plugin: '@muster/nx' }), {})
    assert.deepEqual(of({ plugin: '@muster/nx', options: null }), {})
    assert.deepEqual(pluginOptions({}), {})
  })
})

const socket = (root: string, startedAt: string): string =>
  runSettings(root, { pid: 5, startedAt }, {}).socket

describe('settings of a run', () => {
  const before = Object.fromEntries([...NAMES, 'NX_SKIP_NX_CACHE'].map((name) => [name, process.env[name]]))
  const clear = (): void => {
    for (const name of Object.keys(before)) delete process.env[name]
  }
  beforeEach(clear)
  after(() => {
    clear()
    for (const [name, value] of Object.entries(before)) if (value !== undefined) process.env[name] = value
  })

  it('have defaults', () => {
    const { workers, failFast, useEarlierAnswers, reports, ...rest } = settings()
    assert.deepEqual(
      [workers, failFast, useEarlierAnswers, reports],
      [availableParallelism(), false, true, true],
    )
    assert.equal('timeoutMs' in rest || 'runId' in rest, false)
    assert.match(rest.socket, /muster-[0-9a-f]{24}/)
  })

  it('come from nx.json', () => {
    const { workers, failFast } = settings({}, { workers: 3, failFast: true })
    assert.deepEqual([workers, failFast], [3, true])
  })

  it('the command line is stronger, also in saying no', () => {
    const env = {
      MUSTER_WORKERS: '5',
      MUSTER_FAIL_FAST: 'false',
      MUSTER_TIMEOUT_MS: '900',
      MUSTER_REPORTS: 'false',
      MUSTER_RUN_ID: 'r',
      MUSTER_COMMAND: 'muster run',
      MUSTER_OBJECTIVE: 'feedback',
      MUSTER_BUDGET_MS: '60000',
      MUSTER_RETRIES: '0',
      MUSTER_LABELS: 'pi,slow',
      NX_SKIP_NX_CACHE: 'true',
    }
    const { socket: _, ...rest } = settings(env, {
      workers: 3,
      failFast: true,
      objective: 'makespan',
      labels: ['lab'],
      semaphores: { db: 2 },
    })
    assert.deepEqual(rest, {
      skipCoverage: false,
      root: '/w',
      owner,
      runId: 'r',
      command: 'muster run',
      workers: 5,
      failFast: false,
      objective: 'feedback',
      timeoutMs: 900,
      budgetMs: 60_000,
      retries: 0,
      semaphores: { db: 2 },
      warnings: [],
      labels: ['lab', 'pi', 'slow'],
      useEarlierAnswers: false,
      reports: false,
    })
  })

  for (const text of ['0', '-1', '1.5', 'many', '']) {
    it(`MUSTER_WORKERS=${text} is as if it weren't set`, () =>
      assert.equal(settings({ MUSTER_WORKERS: text }, { workers: 3 }).workers, 3))
  }

  it('runs of one nx process share a socket; others have their own', () => {
    assert.equal(socket('/w', '1'), socket('/w', '1'))
    assert.notEqual(socket('/w', '1'), socket('/w', '2'))
    assert.notEqual(socket('/w', '1'), socket('/v', '1'))
    assert.ok(Buffer.byteLength(socket('/'.repeat(500), '1')) < 108, 'unix(7)')
  })
})
