import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { createScratchWorkspace, type ScratchWorkspace } from '@muster/testkit'
import { readRecord, statuses, suiteOf } from './support.ts'

/** Says itself how long it took, so that nothing here depends on how busy the machine is. */
const BENCH = `
import { MS } from './ms.js'
const mood = 1 + (Math.random() - 0.5) * 0.02
export default {
  takes: () => ({ overriddenDuration: MS * mood }),
  steady: () => ({ overriddenDuration: 2 * mood }),
}
`
const FILES = {
  'suites/speed/suite.json': JSON.stringify({
    name: 'speed',
    kind: 'performance',
    runner: { name: 'tinybench', rounds: 6, maxRounds: 6, warmup: 0, slice: '5ms' },
  }),
  'suites/speed/speed.bench.js': BENCH,
  'suites/speed/ms.js': 'export const MS = 1\n',
  'suites/rows/suite.json': JSON.stringify({
    name: 'rows',
    kind: 'unit',
    runner: {
      name: 'command',
      command: `echo '{"name": "rows", "value": 12, "unit": "rows/s", "better": "higher"}' >> "$MUSTER_METRICS"; echo nonsense >> "$MUSTER_METRICS"`,
    },
    measure: true,
  }),
}

interface Told {
  readonly comparisons: readonly {
    readonly suite: string
    readonly benchmark: string
    readonly metric: string
    readonly verdict: string
    readonly reason: string
  }[]
}

const verdicts = ({ stdout }: { readonly stdout: string }): string[] =>
  (JSON.parse(stdout) as Told).comparisons.map(({ benchmark, verdict }) => `${benchmark}: ${verdict}`)

describe('performance baselines', function () {
  this.timeout(240_000)
  let workspace: ScratchWorkspace
  const baselines = 'baselines/speed.json'
  const muster = (...args: string[]) => workspace.muster(['baseline', ...args], { timeoutMs: 120_000 })

  before(async () => {
    workspace = await createScratchWorkspace({ files: FILES, env: { NX_ISOLATE_PLUGINS: 'false' } })
  })
  after(() => workspace.dispose())

  it('tests do not wait for benches, and a suite that measures keeps its own metrics', async () => {
    const { code, stdout } = await workspace.nx(['run-many', '-t', 'test'])
    assert.equal(code, 0, stdout)
    const record = await readRecord(workspace)
    assert.deepEqual(statuses(record), { rows: 'passed' })
    const { measurement } = suiteOf(record, 'rows')
    assert.deepEqual(measurement?.metrics['rows'], {
      value: 12,
      unit: 'rows/s',
      better: 'higher',
      samples: [12],
    })
    assert.ok(measurement.metrics['wall']!.value > 0)
    assert.ok(
      record.notes.some(({ message }) =>
        message.includes('line 2 of $MUSTER_METRICS: it is not a JSON object'),
      ),
    )
  })

  it('says that there is no baseline, and writes one', async () => {
    const compared = await muster('compare', 'speed', '--json')
    assert.deepEqual(
      [compared.code, verdicts(compared)],
      [0, ['speed › takes: no-baseline', 'speed › steady: no-baseline']],
      compared.stderr,
    )
    const updated = await muster('update', 'speed')
    assert.equal(updated.code, 0, updated.stderr)
    const file = await workspace.readJson<{ benchmarks: Record<string, object> }>(baselines)
    assert.deepEqual(Object.keys(file.benchmarks), ['speed › steady', 'speed › takes'])
    await workspace.commitAll('Baselines')
  })

  it('answers from the cache, and compares what comes from there', async () => {
    const before = await muster('compare', 'speed', '--json')
    const again = await muster('compare', 'speed', '--json')
    for (const each of [before, again])
      assert.deepEqual(verdicts(each), ['speed › takes: unchanged', 'speed › steady: unchanged'], each.stderr)
    const suite = suiteOf(await readRecord(workspace), 'speed')
    assert.equal(suite.cached, true)
    assert.deepEqual(
      suite.comparisons?.map(({ verdict }) => verdict),
      ['unchanged', 'unchanged'],
    )
  })

  describe('with a slower commit', () => {
    before(() => workspace.write('suites/speed/ms.js', 'export const MS = 1.5\n'))

    it('nx bench tells a suspicion and stays green; compare confirms it and fails', async () => {
      const bench = await workspace.nx(['run-many', '-t', 'bench'])
      assert.equal(bench.code, 0, bench.stdout)
      assert.match(bench.stdout, /speed: speed › takes: suspected regression \+\d/)
      assert.match(
        await workspace.read('reports/latest/summary.md'),
        /\| 🔺 \| speed \| speed › takes \|.*\+5\d\.\d %/,
      )
      const compared = await muster('compare', 'speed')
      assert.equal(compared.code, 1, compared.stderr)
      assert.match(
        compared.stdout,
        /^regression +\+(49|5\d)\.\d %.*speed › takes\n.*confirmed by this rerun/m,
      )
      assert.match(compared.stdout, /1 unchanged/)
      assert.match(
        await workspace.read('reports/latest/summary.md'),
        /^## 🔺 Passed: .*1 confirmed regression/,
      )
    })

    it('compares with another revision in turns, and leaves no checkout behind', async () => {
      const against = await muster('compare', 'speed', '--against', 'HEAD', '--rounds', '1', '--json')
      assert.equal(against.code, 1, against.stderr)
      assert.deepEqual(verdicts(against), ['speed › takes: regression', 'speed › steady: unchanged'])
      assert.deepEqual(readdirSync(workspace.path('.muster/worktrees')), [])
      assert.equal((await workspace.git('worktree', 'list')).split('\n').length, 1)
      const nowhere = await muster('compare', 'speed', '--against', 'no-such-revision')
      assert.equal(nowhere.code, 2)
      assert.match(nowhere.stderr, /there is no commit "no-such-revision"/)
    })

    it('a bench that the base lacks has no baseline, and fails nothing', async () => {
      await workspace.write(
        'suites/fresh/suite.json',
        FILES['suites/rows/suite.json'].replace('"rows"', '"fresh"'),
      )
      const against = await muster('compare', 'fresh', '--against', 'HEAD', '--rounds', '1', '--json')
      assert.equal(against.code, 0, against.stderr)
      assert.ok(verdicts(against).every((each) => each.endsWith('no-baseline')))
      assert.match(await workspace.read('reports/latest/summary.md'), /compared with HEAD \(/)
      await workspace.remove('suites/fresh')
    })

    it('sweeps a checkout that a killed comparison left', async () => {
      const killed = workspace.spawnMuster(['baseline', 'compare', 'speed', '--against', 'HEAD'])
      await killed.waitForLine(/measuring .* and the working tree/)
      killed.kill('SIGKILL')
      await killed.exit
      assert.equal(readdirSync(workspace.path('.muster/worktrees')).length, 2)
      const next = await muster('compare', 'speed', '--against', 'HEAD', '--build', 'exit 7')
      assert.equal(next.code, 3)
      assert.match(next.stderr, /"exit 7" exited with 7/)
      assert.deepEqual(readdirSync(workspace.path('.muster/worktrees')), [])
    })

    it('leaves no checkout behind after Ctrl-C', async () => {
      const stopped = workspace.spawnMuster(['baseline', 'compare', 'speed', '--against', 'HEAD'])
      await stopped.waitForLine(/measuring .* and the working tree/)
      stopped.killGroup('SIGINT')
      const { code, stderr } = await stopped.exit
      assert.equal(code, 130, stderr)
      // What was stopped may write a last file into the folder that was just removed; the next comparison sweeps that.
      const left = readdirSync(workspace.path('.muster/worktrees'))
      assert.deepEqual(
        left.filter((name) => workspace.exists(`.muster/worktrees/${name}/package.json`)),
        [],
      )
      assert.equal((await workspace.git('worktree', 'list')).split('\n').length, 1)
    })

    it('accepts it with a reason', async () => {
      const unknown = await muster('accept', 'no such', '--why', 'because')
      assert.equal(unknown.code, 2)
      await workspace.write('baselines/rows.json', '<<<<<<< somebody else has to mend this\n')
      const accepted = await muster('accept', 'speed › takes', '--why', 'it now checks its input')
      assert.equal(accepted.code, 0, accepted.stderr)
      await workspace.remove('baselines/rows.json')
      assert.match(await workspace.read(baselines), /"why": "it now checks its input"/)
      assert.equal((await muster('compare', 'speed')).code, 0)
    })
  })

  describe('after that', () => {
    it('shows the history of a benchmark', async () => {
      const { code, stdout } = await muster('history', 'speed › takes', '--json')
      assert.equal(code, 0)
      const { points } = JSON.parse(stdout) as { points: { value: number; commit: string }[] }
      assert.ok(points.length >= 3)
      assert.ok(points.at(-1)!.value > 1.4 && points[0]!.value < 1.1)
      assert.match(points.at(-1)!.commit, /^[0-9a-f]{12}-dirty$/)
      assert.match(
        (await muster('history', 'speed')).stdout,
        /speed › takes \(duration\), \d+ runs on .*\n {2}[▁▂▃▄▅▆▇█]+/,
      )
    })

    it('refuses a file with conflict markers: says where, measures nothing, leaves it alone', async () => {
      const text = await workspace.read(baselines)
      const conflict = text.replace('{\n', '{\n<<<<<<< ours\n')
      await workspace.write(baselines, conflict)
      for (const command of [['compare'], ['update'], ['prune']]) {
        const { code, stderr } = await muster(...command, 'speed')
        assert.equal(code, 2, command.join())
        assert.match(stderr, /baselines\/speed\.json:2:1 .*conflict/)
      }
      assert.equal(await workspace.read(baselines), conflict)
      await workspace.write(baselines, text)
    })
  })
})
