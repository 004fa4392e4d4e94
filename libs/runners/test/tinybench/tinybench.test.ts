import assert from 'node:assert/strict'
import type { TestCase } from '@muster/model'
import { tinybenchRunner } from '../../src/tinybench/tinybench-runner.ts'
import { benchSuite, byName, CONTEXT, QUICK, runSuite } from '../support/bench-suite.ts'
import type { UnitRun } from '../support/run-program.ts'

describe('tinybench runner', function () {
  this.timeout(60_000)

  describe('with benchmarks in every form', () => {
    let run: UnitRun
    let cases: Map<string, TestCase>
    before(async () => {
      run = await runSuite(tinybenchRunner, benchSuite('tinybench/good', QUICK))
      cases = byName(run.cases)
    })

    it('makes each benchmark a test case, named by its file', () => {
      assert.deepEqual([...cases.keys()].sort(), [
        'codec › codec › sort',
        'codec › codec › throws',
        'codec › codec › wait',
        'made › sum',
        'plain › sort',
      ])
      assert.deepEqual(run.ends, [{ passed: 4, failed: 1, skipped: 0 }])
      assert.deepEqual(run.errors, [])
      assert.equal(cases.get('plain › sort')?.file, 'tinybench/good/plain.bench.ts')
    })

    it('keeps a sample of each round, and the value is their median', () => {
      const duration = cases.get('codec › codec › sort')?.metrics?.['duration']
      assert.equal(duration?.samples?.length, QUICK.rounds)
      assert.equal(duration.value, duration.samples.toSorted((a, b) => a - b)[1])
      assert.deepEqual([duration.unit, duration.better], ['ms', 'lower'])
      assert.ok(duration.samples.every((each) => each > 0 && each < 100))
    })

    it('keeps the distribution of all calls where tinybench does', () => {
      for (const name of ['codec › codec › sort', 'made › sum', 'plain › sort']) {
        const distribution = cases.get(name)?.metrics?.['duration']?.distribution
        assert.equal(distribution?.quantiles.length, 41, name)
        assert.deepEqual(
          distribution.quantiles,
          distribution.quantiles.toSorted((a, b) => a - b),
        )
        assert.ok(distribution.count >= QUICK.rounds)
      }
    })

    it('tells throughput and the share of the garbage collector', () => {
      const metrics = cases.get('codec › codec › wait')?.metrics
      assert.ok(metrics && metrics['throughput']!.value < 2000, 'a call waits about a millisecond')
      assert.equal(metrics['throughput']!.better, 'higher')
      assert.ok(metrics['gc']!.value >= 0 && metrics['gc']!.value < 100)
    })

    it('fails a benchmark that throws, with its error, and goes on', () => {
      const failed = cases.get('codec › codec › throws')
      assert.equal(failed?.status, 'failed')
      assert.equal(failed.error?.message, 'no codec for this')
      assert.match(failed.error.stack ?? '', /codec\.bench\.js:8/)
      assert.equal(failed.metrics, undefined)
    })

    it('measures in slices of its own, whatever time the file wants', () => {
      // The file asks for 5 s a benchmark.
      assert.ok((cases.get('codec › codec › sort')?.durationMs ?? 1e9) < 1000)
    })
  })

  it('fails files that do not load, die or hold no benchmark, and keeps what was measured', async () => {
    const { cases, ends } = await runSuite(
      tinybenchRunner,
      benchSuite('tinybench/bad', { ...QUICK, warmup: 0 }),
    )
    const found = byName(cases)
    assert.deepEqual(ends, [{ passed: 1, failed: 3, skipped: 0 }])
    assert.match(found.get('broken › (file)')?.error?.message ?? '', /Cannot find module .*missing\.js/)
    assert.match(found.get('dies › (file)')?.error?.message ?? '', /exited with code 3/)
    assert.match(found.get('empty › (file)')?.error?.message ?? '', /it exports no benchmark/)
    assert.equal(found.get('dies › lives')?.metrics?.['duration']?.samples?.length, 1)
  })

  it('says where it looked for files, and how to get what is missing', async () => {
    const none = await tinybenchRunner.prepare(
      benchSuite('tinybench/good', QUICK, { include: ['nope/*.js'] }),
      CONTEXT,
    )
    assert.deepEqual(
      [none.ok, !none.ok && none.error.type, !none.ok && none.error.message.includes('nope/*.js')],
      [false, 'no-files', true],
    )
    const nowhere = await tinybenchRunner.prepare(benchSuite('..', QUICK), { ...CONTEXT, root: '/proc' })
    assert.equal(!nowhere.ok && nowhere.error.type, 'environment')
    assert.match(
      !nowhere.ok && nowhere.error.type === 'environment' ? nowhere.error.fix : '',
      /npm i -D tinybench/,
    )
  })

  it('holds benchmarks to one core when asked', async function () {
    const prepared = await tinybenchRunner.prepare(
      benchSuite('tinybench/good', { ...QUICK, pin: true }),
      CONTEXT,
    )
    assert.ok(prepared.ok)
    const { prefix } =
      prepared.value.type === 'in-process' ? (prepared.value.input as { prefix: string[] }) : { prefix: [] }
    if (process.platform === 'linux' && prefix.length > 0) assert.match(prefix.join(' '), /^taskset -c \d+$/)
    else assert.match(prepared.value.notes?.join() ?? '', /no taskset/)
  })
})
