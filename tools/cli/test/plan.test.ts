import assert from 'node:assert/strict'
import { EXIT } from '../src/exit-codes.ts'
import { main } from '../src/main.ts'
import { inScratch, said } from './support.ts'

const command = (name: string, more: object = {}): object => ({
  name,
  kind: 'unit',
  runner: { name: 'command', command: 'true' },
  ...more,
})

/** Five suites of which what they take is remembered, and one that waits for two of them. */
const workspace = {
  'nx.json': { plugins: [{ plugin: '@muster/nx', options: { semaphores: { db: 2 } } }] },
  'a/suite.json': command('a'),
  'b/suite.json': command('b', { requires: { exclusive: ['port:1'] } }),
  'c/suite.json': command('c', { requires: { exclusive: ['port:1'], semaphores: { db: 1 } } }),
  'd/suite.json': command('d', { priority: 'critical' }),
  'e/suite.json': command('e', { kind: 'integration', dependsOn: ['a', 'b'], weight: 3 }),
  '.muster/memory.ndjson': ['a', 'b', 'c', 'd', 'e']
    .map((suite, index) => `${JSON.stringify({ suite, passed: true, durationMs: 1000 * (index + 1) })}\n`)
    .join(''),
}

interface PlanJson {
  readonly workers: number
  readonly makespanMs: number
  readonly lowerBoundMs: number
  readonly criticalPath: readonly string[]
  readonly units: readonly { readonly unit: string; readonly startMs: number; readonly endMs: number }[]
  readonly suites: readonly {
    readonly name: string
    readonly phase: number
    readonly score: { readonly total: number; readonly parts: readonly { readonly value: number }[] }
  }[]
  readonly skipped: readonly { readonly unit: string; readonly reason: string }[]
  readonly noDevice: readonly { readonly suite: string; readonly reason: string }[]
  readonly whatIf: readonly { readonly workers: number; readonly makespanMs: number }[]
}

async function planned(root: string, ...args: string[]): Promise<PlanJson> {
  const { value, stdout, stderr } = await said(() => main(['plan', '--json', ...args]), root)
  assert.equal(value, EXIT.passed, stderr)
  return JSON.parse(stdout) as PlanJson
}

describe('muster plan', () => {
  it('times every unit, in the order of its dependencies and within what the machine has', () =>
    inScratch(workspace, async (root) => {
      const plan = await planned(root, '--workers', '2')
      const at = (name: string) => plan.units.find(({ unit }) => unit === name) ?? assert.fail(name)
      assert.equal(plan.units.length, 5)
      assert.ok(at('e').startMs >= Math.max(at('a').endMs, at('b').endMs))
      assert.ok(at('b').endMs <= at('c').startMs || at('c').endMs <= at('b').startMs, 'one port')
      assert.ok(plan.lowerBoundMs <= plan.makespanMs)
      assert.equal(Math.max(...plan.units.map(({ endMs }) => endMs)), plan.makespanMs)
      assert.ok(plan.criticalPath.length > 0)
      for (const { score } of plan.suites) {
        const sum = score.parts.reduce((total, { value }) => total + value, 0)
        assert.ok(Math.abs(sum - score.total) < 1e-6, 'the parts add up to the score')
      }
      assert.deepEqual(
        plan.suites.filter(({ phase }) => phase === 2).map(({ name }) => name),
        ['e'],
      )
    }))

  it('says what other numbers of workers would bring', () =>
    inScratch(workspace, async (root) => {
      const { whatIf } = await planned(root, '--workers', '1,2,4')
      assert.deepEqual(
        whatIf.map(({ workers }) => workers),
        [1, 2, 4],
      )
      const [one, two, four] = whatIf.map(({ makespanMs }) => makespanMs)
      assert.ok(one !== undefined && two !== undefined && four !== undefined)
      assert.equal(one, 15_000, 'one worker does all the work')
      assert.ok(two < one && four <= two)
    }))

  it('leaves out what a budget has no room for, the least valuable', () =>
    inScratch(workspace, async (root) => {
      const { skipped, units } = await planned(root, '--workers', '1', '--budget', '5s')
      assert.ok(units.every(({ endMs }) => endMs <= 5000))
      assert.equal(skipped.length + units.length, 5)
      assert.ok(skipped.length > 0 && skipped.every(({ reason }) => reason !== ''))
    }))

  it('leaves out what this machine has no device for, and what depends on it', () =>
    inScratch(
      {
        ...workspace,
        'f/suite.json': command('f', { requires: { labels: ['moon-base'] } }),
        'g/suite.json': command('g', { dependsOn: ['h'] }),
        'h/suite.json': command('h', { dependsOn: ['f'] }),
      },
      async (root) => {
        const { noDevice, units } = await planned(root)
        assert.deepEqual(noDevice, [
          { suite: 'f', reason: "no device here: this machine isn't moon-base" },
          { suite: 'h', reason: 'f has no device here' },
          { suite: 'g', reason: 'h has no device here' },
        ])
        assert.equal(units.length, 5)
        const { stdout } = await said(() => main(['plan', 'f']), root)
        assert.equal(stdout.trim(), "Left out:\n  f: no device here: this machine isn't moon-base")
      },
    ))

  it('reads as a timetable, with phases, needs and scores', () =>
    inScratch(workspace, async (root) => {
      const { value, stdout } = await said(() => main(['plan', '--why', '--workers', '2,4']), root)
      assert.equal(value, EXIT.passed)
      assert.match(stdout, /^Phase 1: a, b, c, d$/m)
      assert.match(stdout, /^Phase 2: e$/m)
      assert.match(stdout, /1 db, port:1/)
      assert.match(stdout, /No order can be faster than/)
      assert.match(stdout, /weight +60\.0 +business weight 3/)
      assert.match(stdout, /^WORKERS +TAKES/m)
    }))

  it('says what a budget leaves out, and by what the rest is ordered', () =>
    inScratch(workspace, async (root) => {
      const some = await said(() => main(['plan', '--budget', '4s', 'a', 'b']), root)
      assert.match(some.stdout, /^Objective feedback: /m)
      const none = await said(() => main(['plan', '--budget', '1ms', 'a']), root)
      assert.match(none.stdout, /^Left out:\n {2}a: the time budget of 1 ms leaves no room [^\n]+\n$/)
    }))

  it('says no more of a suite that there is not than that', () =>
    inScratch(workspace, async (root) => {
      const { value, stdout, stderr } = await said(() => main(['plan', 'nobody']), root)
      assert.equal(value, EXIT.usage)
      assert.equal(stdout, '')
      assert.match(stderr, /^muster: no suite matches "nobody"/)
    }))

  it('plans without options of nx.json that make no sense, and says so', () =>
    inScratch(
      { ...workspace, 'nx.json': { plugins: [{ plugin: '@muster/nx', options: { workers: 'many' } }] } },
      async (root) => {
        const { value, stdout, stderr } = await said(() => main(['plan', 'a']), root)
        assert.equal(value, EXIT.usage)
        assert.match(stderr, /workers is not used, expected a whole number of at least 1, found "many"/)
        assert.match(stdout, /^1 suite, 1 unit on /m)
      },
    ))

  it('wants workers that can be counted', async () => {
    for (const workers of ['0', '1,x', '']) {
      const { value, stderr } = await said(() => main(['plan', '--workers', workers]))
      assert.equal(value, EXIT.usage)
      assert.match(stderr, /whole number/)
    }
  })
})

describe('muster resume', () => {
  it('has nothing to do where no run was cut off, and says so', () =>
    inScratch({ 'nx.json': {} }, async (root) => {
      const none = await said(() => main(['resume']), root)
      assert.equal(none.value, EXIT.usage)
      assert.match(none.stderr, /no run was cut off/)
      const unknown = await said(() => main(['resume', '20260131-154501-3f9a1c']), root)
      assert.match(unknown.stderr, /there is no run 20260131-154501-3f9a1c/)
      const typo = await said(() => main(['resume', 'yesterday']), root)
      assert.match(typo.stderr, /is no run id/)
    }))
})
