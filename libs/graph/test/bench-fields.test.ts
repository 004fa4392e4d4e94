import assert from 'node:assert/strict'
import type { Suite } from '@muster/model'
import { formatDiagnostic } from '../src/index.ts'
import { parseSuite } from '../src/parse-suite.ts'

function suiteOf(fields: object): Suite {
  const { suite, diagnostics } = parseSuite(
    JSON.stringify({ name: 'a', kind: 'performance', ...fields }),
    's/suite.json',
  )
  assert.ok(suite, diagnostics.map(formatDiagnostic).join('\n'))
  return suite
}

const problems = (fields: object): string =>
  parseSuite(JSON.stringify({ name: 'a', kind: 'performance', ...fields }), 's/suite.json')
    .diagnostics.map(formatDiagnostic)
    .join('\n')

describe('suites that measure', () => {
  it('have defaults for tinybench', () => {
    const short = suiteOf({ runner: 'tinybench' })
    assert.deepEqual(short.runner, suiteOf({ runner: { name: 'tinybench' } }).runner)
    assert.deepEqual(short.runner, {
      name: 'tinybench',
      rounds: 5,
      maxRounds: 50,
      warmup: 2,
      sliceMs: 100,
      budgetMs: 30_000,
      pin: false,
      nodeOptions: [],
    })
    assert.deepEqual(short.include, ['**/*.bench.{js,cjs,mjs,ts,cts,mts}'])
  })

  it('get as many rounds as they ask for', () => {
    const { runner } = suiteOf({ runner: { name: 'tinybench', rounds: 60 } })
    assert.equal(runner.name === 'tinybench' && runner.maxRounds, 60)
  })

  it('name commands for hyperfine, with numbers as parameters', () => {
    const commands = [{ name: 'sort', command: 'sort {n}' }]
    assert.deepEqual(
      suiteOf({ runner: { name: 'hyperfine', commands, parameters: { n: [1, 'x'] } } }).runner,
      {
        name: 'hyperfine',
        commands,
        parameters: { n: ['1', 'x'] },
        warmup: 2,
        shell: 'none',
      },
    )
    assert.match(problems({ runner: { name: 'hyperfine' } }), /\$\.runner\.commands {2}this field is missing/)
    assert.match(problems({ runner: { name: 'hyperfine', commands: [] } }), /at least one command/)
  })

  it('measure when they are of kind performance or say so, and then have the machine to themselves', () => {
    const all = ['wall', 'cpu', 'average-cpus', 'peak-cpus', 'average-memory', 'peak-memory']
    const policy = { threshold: 0.15, onRegression: 'fail' }
    assert.deepEqual(suiteOf({}).measure, { usage: [], ...policy })
    assert.equal(suiteOf({ measure: false }).measure, undefined)
    assert.equal(suiteOf({ kind: 'unit' }).measure, undefined)
    assert.deepEqual(suiteOf({ kind: 'unit', measure: true }).measure, { usage: all, ...policy })
    assert.deepEqual(
      suiteOf({ measure: { usage: ['cpu'], threshold: 0.05, onRegression: 'report' } }).measure,
      {
        usage: ['cpu'],
        threshold: 0.05,
        onRegression: 'report',
      },
    )
    assert.match(problems({ measure: { usage: ['ram'] } }), /"ram"/)
    assert.deepEqual(suiteOf({ requires: { exclusive: ['db'] } }).requires.exclusive, ['db', 'machine'])
    assert.equal(suiteOf({ requires: { cpus: 2 } }).requires.cpus, 2)
    assert.ok((suiteOf({}).requires.cpus ?? 0) > 500)
    assert.deepEqual(suiteOf({ kind: 'unit', measure: true }).requires.exclusive, [])
  })
})
