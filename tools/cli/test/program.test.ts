import assert from 'node:assert/strict'
import { EXIT } from '../src/exit-codes.ts'
import { main } from '../src/main.ts'
import { createProgram } from '../src/program.ts'
import { inScratch, said } from './support.ts'

/** The options of `muster run`, as they are parsed. */
function parseRun(...args: string[]): Record<string, unknown> {
  const run = createProgram(() => undefined).commands.find((each) => each.name() === 'run')
  assert.ok(run)
  run.parseOptions(args)
  return run.opts()
}

describe('muster run: options', () => {
  for (const [text, ms] of Object.entries({
    '250': 250,
    '250ms': 250,
    '1.5s': 1500,
    '2m': 120_000,
    '1h': 3_600_000,
  })) {
    it(`--timeout ${text} is ${ms} ms`, () => assert.equal(parseRun('--timeout', text)['timeout'], ms))
  }

  it('has defaults', () => {
    assert.deepEqual(parseRun(), { target: 'test', environment: 'local', reports: true, coverage: true })
  })

  it('takes several suites, and what the seed asks for', () => {
    const options = parseRun(
      '--suites',
      'unit',
      'integration',
      '--workers',
      '2',
      '--no-reports',
      '--no-coverage',
      '--quiet',
    )
    assert.deepEqual(options['suites'], ['unit', 'integration'])
    const { workers, reports, coverage, quiet } = options
    assert.deepEqual([workers, reports, coverage, quiet], [2, false, false, true])
  })

  for (const args of [
    ['--timeout', '5 minutes'],
    ['--timeout', '0'],
    ['--timeout', '-5s'],
    ['--timeout', '1e3s'],
    ['--timeout', '1000h'],
    ['--timeout'],
    ['--workers', '0'],
    ['--workers', '1.5'],
    ['--workers', 'many'],
    ['--worker', '2'],
    ['--suites'],
  ]) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { value, stdout, stderr } = await said(() => main(['run', ...args]))
      assert.equal(value, EXIT.usage)
      assert.match(stderr, /error: .*\n.*muster --help/s)
      assert.equal(stdout, '')
    })
  }
})

describe('muster: exit codes and words', () => {
  it('help and version are fine', async () => {
    const help = await said(() => main(['--help']))
    assert.equal(help.value, EXIT.passed)
    for (const command of [
      'run',
      'resume',
      'plan',
      'why',
      'replay',
      'report',
      'history',
      'flaky',
      'quarantine',
      'results',
      'doctor',
    ]) {
      assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'))
    }
    const version = await said(() => main(['--version']))
    assert.equal(version.value, EXIT.passed)
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/)
  })

  it('a command that does not exist is usage, with a suggestion', async () => {
    const { value, stderr } = await said(() => main(['repaly']))
    assert.equal(value, EXIT.usage)
    assert.match(stderr, /replay/)
  })

  for (const args of [['run'], ['resume'], ['plan'], ['why', 'a'], ['replay'], ['report'], ['history']]) {
    it(`muster ${args.join(' ')} outside a workspace says what is missing`, () =>
      inScratch({}, async (root) => {
        const { value, stderr, stdout } = await said(() => main(args), root)
        assert.equal(value, EXIT.usage)
        assert.match(stderr, /no nx\.json here or in a folder above/)
        assert.equal(stdout, '')
      }))
  }

  for (const args of [['replay'], ['report'], ['replay', '2026']]) {
    it(`muster ${args.join(' ')} without a run says so`, () =>
      inScratch({ 'nx.json': {} }, async (root) => {
        const { value, stderr } = await said(() => main(args), root)
        assert.equal(value, EXIT.usage)
        assert.match(stderr, /no run/)
      }))
  }

  it('muster run without nx is an environment error', () =>
    inScratch({ 'nx.json': {}, 'package.json': {} }, async (root) => {
      const { value, stderr } = await said(() => main(['run']), root)
      assert.equal(value, EXIT.environment)
      assert.match(stderr, /npm install -D nx/)
    }))

  it('muster run in an environment that is not there yet is usage', () =>
    inScratch({ 'nx.json': {} }, async (root) => {
      const { value } = await said(() => main(['run', '--environment', 'docker']), root)
      assert.equal(value, EXIT.usage)
    }))
})
