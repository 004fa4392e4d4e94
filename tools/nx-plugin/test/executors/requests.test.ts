import assert from 'node:assert/strict'
import { suiteId, type Suite } from '@muster/model'
import { brokenDeclaration, requestOf } from '../../src/executors/suite/requests.ts'
import type { SuiteExecutorOptions } from '../../src/executors/suite/suite-options.ts'
import { dependenciesOf } from '../../src/nx/batch-types.ts'

const declaration = { id: suiteId('a'), dir: 'suites/a' } as Suite
const good: SuiteExecutorOptions = { suite: 'a', source: 'suites/a/suite.json', declaration }
const names: Record<string, string> = { 'b:test': 'b', 'c:test': '@x/c' }
const request = (options: SuiteExecutorOptions, dependencies: readonly string[] = []) =>
  requestOf('a:test', options, (task) => names[task], dependencies)

describe('what the coordinator is asked for', () => {
  it('is the declaration, and the suites behind the tasks that it depends on', () => {
    assert.deepEqual(request(good, ['b:test', 'lib:build', 'c:test']), {
      task: 'a:test',
      suite: declaration,
      dependsOn: ['b', '@x/c'],
    })
  })

  it('carries what is wrong with a declaration, so that it is in the report', () => {
    const cyclic = request({ ...good, error: 'a cycle', warnings: ['"shards" is not supported yet'] })
    assert.equal(cyclic?.problem, 'a cycle')
    assert.deepEqual(cyclic?.warnings, ['"shards" is not supported yet'])
  })

  it('stands in for a declaration that cannot be read', () => {
    const { declaration: _, ...rest } = good
    const broken = request({ ...rest, error: 'suite.json:1:2 no' })
    assert.deepEqual(
      [broken?.suite.id, broken?.suite.dir, broken?.problem],
      ['a', 'suites/a', 'suite.json:1:2 no'],
    )
    const atRoot = request({ ...rest, source: 'suite.json', error: 'no' })
    assert.equal(atRoot?.suite.dir, '')
  })

  it('is nothing for a target that somebody wrote by hand, and says why', () => {
    const { declaration: _, ...rest } = good
    assert.equal(request(rest), undefined)
    assert.match(brokenDeclaration('a:test', rest), /without a declaration.*inferred from a suite\.json/)
    assert.match(brokenDeclaration('a:test', undefined), /^a:test uses/)
    assert.equal(brokenDeclaration('a:test', { ...rest, error: 'a cycle' }), 'a cycle')
  })
})

const graph = (dependencies: Record<string, (string | { id: string })[]>) => ({ tasks: {}, dependencies })

describe('dependencies of a batch', () => {
  it('are ids in Nx 22 and 23, and objects in 24', () => {
    assert.deepEqual(dependenciesOf(graph({ a: ['b', 'c'] }), 'a'), ['b', 'c'])
    assert.deepEqual(dependenciesOf(graph({ a: [{ id: 'b' }, { id: 'c' }] }), 'a'), ['b', 'c'])
  })
  it('are none for a task that is not there', () => assert.deepEqual(dependenciesOf(graph({}), 'a'), []))
})
