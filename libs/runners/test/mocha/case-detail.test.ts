import assert from 'node:assert/strict'
import { caseError } from '../../src/case-error.ts'
import { absoluteFrames } from '../../src/mocha/absolute-frames.ts'
import { fixtureSuite, prepareMocha } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

describe('mocha: what a case tells', () => {
  it('has titles, file, both sides of a diff, and causes', async () => {
    const { cases } = await runProgram(await prepareMocha(fixtureSuite('failing')))
    const [differs, text, cause] = cases
    assert.deepEqual(differs?.path, ['failing', 'differs'])
    assert.match(differs?.file ?? '', /failing\/a\.spec\.cjs$/)
    assert.ok(!differs?.file?.startsWith('/'))
    assert.match(differs?.error?.expected ?? '', /3/)
    assert.match(differs?.error?.actual ?? '', /2/)
    assert.match(text?.error?.message ?? '', /text/)
    assert.match(cause?.error?.stack ?? '', /Caused by: Error: inner/)
    assert.doesNotMatch(cause?.error?.stack ?? '', /node_modules.mocha/)
  })

  it('tells a retried test once, with its attempts', async () => {
    const { cases } = await runProgram(await prepareMocha(fixtureSuite('retries')))
    assert.deepEqual(
      cases.map(({ status, attempts }) => [status, attempts]),
      [
        ['passed', 3],
        ['failed', 4],
      ],
    )
  })

  it('tells why a retried test failed before', async () => {
    const { cases } = await runProgram(await prepareMocha(fixtureSuite('retries')))
    assert.deepEqual(
      cases.map(({ earlierErrors }) => earlierErrors?.map(({ message }) => message)),
      [
        ['not yet', 'not yet'],
        ['never', 'never', 'never'],
      ],
    )
    const stack = cases[0]?.earlierErrors?.[0]?.stack ?? ''
    assert.match(stack, /\(\/.*\/retries\/a\.spec\.cjs:5:\d+\)$/m)
    assert.match(cases[1]?.error?.stack ?? '', /\(\/.*\/retries\/a\.spec\.cjs:\d+:\d+\)$/m)
    assert.doesNotMatch(stack, /node_modules.mocha/)
  })

  it('bounds what it tells of many retries', async () => {
    const suite = fixtureSuite('failing', { name: 'mocha', options: { retries: 50 } })
    const { cases } = await runProgram(await prepareMocha(suite))
    const failed = cases.filter(({ status }) => status === 'failed')
    assert.deepEqual(
      failed.map(({ attempts, earlierErrors }) => [attempts, earlierErrors?.length]),
      [1, 2, 3].map(() => [51, 5]),
    )
  })

  it('marks a failing hook', async () => {
    const { cases } = await runProgram(await prepareMocha(fixtureSuite('hook-before')))
    assert.deepEqual(
      cases.map(({ path, hook }) => [path.at(-1), hook ?? false]),
      [
        ['"before all" hook for "one"', true],
        ['three', false],
      ],
    )
  })

  it('bounds huge texts and survives hostile values', () => {
    const huge = 'x'.repeat(1e6)
    const error = Object.assign(new Error(huge), {
      expected: huge,
      actual: Array.from({ length: 1e6 }, () => 'x'),
    })
    assert.ok(JSON.stringify(caseError(error)).length < 400_000)
    const hostile = Object.defineProperty(new Error('x'), 'stack', {
      get() {
        throw new Error('no stack for you')
      },
    })
    assert.equal(typeof caseError(hostile).message, 'string')
    const cyclic = new Error('a')
    cyclic.cause = cyclic
    assert.equal(caseError(cyclic).message, 'a')
    for (const value of [undefined, null, 0, '', {}, Symbol('s')])
      assert.equal(typeof caseError(value).message, 'string')
  })

  it('has whole paths in stacks, off which mocha has cut its folder', () => {
    const frames = [
      'Error: (a.js:1:2)',
      '    at f (test/a b.js:1:2)',
      '    at async Promise.all (index 0)',
      '    at g (node:fs:1:2)',
      '    at h (file:///x.js:1:2)',
      '    at /y.js:3:4',
    ]
    const expected = frames.with(1, '    at f (/w/test/a b.js:1:2)')
    assert.equal(absoluteFrames(frames.join('\n'), '/w'), expected.join('\n'))
  })

  it('counts 100,000 tests in one file', async () => {
    const program = await prepareMocha(fixtureSuite('many'))
    const { cases, ends } = await runProgram(program, { env: { MUSTER_FIXTURE_TESTS: '100000' } })
    assert.equal(cases.length, 100_000)
    assert.deepEqual(ends, [{ passed: 100_000, failed: 0, skipped: 0 }])
  }).timeout(120_000)
})
