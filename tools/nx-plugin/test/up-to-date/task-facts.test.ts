import assert from 'node:assert/strict'
import { RUNTIME_INPUT } from '../../src/inference/suite-inputs.ts'
import { taskFacts, type FinishedTask } from '../../src/up-to-date/task-facts.ts'

const suite = (change: Partial<FinishedTask> = {}): FinishedTask => ({
  id: 'money:test',
  cache: true,
  hash: '77',
  outputs: ['.muster/evidence/money'],
  hashDetails: {
    nodes: { 'money:{projectRoot}/**/*': '1', 'env:TZ': '2', [`runtime:${RUNTIME_INPUT.runtime}`]: '3' },
  },
  ...change,
})
const build: FinishedTask = {
  id: 'money:build',
  cache: true,
  hash: '78',
  outputs: ['dist/money'],
  hashDetails: { nodes: { 'env:MODE': '4', 'env:TZ': '2' } },
}
const suiteOf = ({ id }: FinishedTask): string | undefined => (id === 'money:test' ? 'money' : undefined)
const facts = (task: FinishedTask, status = 'local-cache', others: readonly FinishedTask[] = []) =>
  taskFacts(
    'r1',
    [{ status, task }, ...others.map((each) => ({ status: 'success', task: each }))],
    suiteOf,
    '/c',
  )

describe('what the next run may go by', () => {
  it('are the hits of its suites, and outputs, entries and variables of all tasks', () =>
    assert.deepEqual(facts(suite(), 'success', [build]), {
      run: 'r1',
      repeatable: {
        hits: [{ task: 'money:test', suite: 'money', hash: '77' }],
        outputs: ['.muster/evidence/money', 'dist/money'],
        entries: ['/c/77', '/c/78'],
        env: ['MODE', 'TZ'],
      },
    }))

  for (const [what, answer] of [
    ['a task that failed', facts(suite(), 'failure')],
    ['a task that was skipped', facts(suite(), 'skipped')],
    ['a task that is not to be cached', facts(suite(), 'success', [{ ...build, cache: false }])],
    ['a task without a hash', facts({ id: 'x', cache: true, hashDetails: suite().hashDetails ?? {} })],
    ['an Nx that does not say what it hashed', facts(suite({ hashDetails: {} }))],
    [
      'an input that is a command’s output',
      facts(suite({ hashDetails: { nodes: { 'runtime:date': '5' } } })),
    ],
  ] as const)
    it(`is nothing after ${what}`, () => assert.deepEqual(answer, { run: 'r1' }))
})
