import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { buildSuiteGraph, globToRegExp, selectSuites } from '@muster/graph'
import { makeSuite } from './make-suite.ts'

const { graph } = buildSuiteGraph([
  makeSuite('unit-core'),
  makeSuite('unit-web', { priority: 'high' }),
  makeSuite('e2e-web', { kind: 'e2e', priority: 'high' }),
  makeSuite('@x/load', { kind: 'load' }),
  // Named as a kind that other suites are of.
  makeSuite('e2e', { kind: 'smoke' }),
])

describe('selectSuites', () => {
  const known: [string[], string[]][] = [
    [['unit-core'], ['unit-core']],
    [['unit'], ['unit-core', 'unit-web']],
    [['kind:e2e'], ['e2e-web']],
    [['e2e'], ['e2e']],
    [['priority:high'], ['e2e-web', 'unit-web']],
    [['*-web'], ['e2e-web', 'unit-web']],
    [['@x/*'], ['@x/load']],
    [['*'], ['e2e', 'e2e-web', 'unit-core', 'unit-web']],
    [
      ['unit-web', 'unit', 'unit-core'],
      ['unit-core', 'unit-web'],
    ],
    [[], []],
  ]
  for (const [patterns, names] of known) {
    it(`by ${JSON.stringify(patterns)} selects ${names.join(', ') || 'nothing'}`, () => {
      const { selected, unknown } = selectSuites(graph, patterns)
      assert.deepEqual(
        selected.map(({ id }) => id),
        names,
      )
      assert.deepEqual(unknown, [])
    })
  }

  it('names what it does not know, with what was probably meant', () => {
    assert.deepEqual(selectSuites(graph, ['unit-cor', 'kind:untt', 'zzzzzz', 'zz*']).unknown, [
      { pattern: 'unit-cor', suggestion: 'unit-core' },
      { pattern: 'kind:untt', suggestion: 'kind:unit' },
      { pattern: 'zzzzzz' },
      { pattern: 'zz*' },
    ])
  })

  it('never throws, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (patterns) => {
        const { selected, unknown } = selectSuites(graph, patterns)
        assert.ok(selected.length <= graph.suites.length && unknown.length <= patterns.length)
      }),
    )
  })
})

describe('globToRegExp', () => {
  const known: [string, string, boolean][] = [
    ['libs/*', 'libs/a', true],
    ['libs/*', 'libs/a/b', false],
    ['libs/**', 'libs/a/b', true],
    ['**/x', 'x', true],
    ['**/x', 'a/b/x', true],
    ['a?c', 'abc', true],
    ['{a,b*}-c', 'bcd-c', true],
    ['{a,b}-c', 'd-c', false],
    ['a.c', 'abc', false],
    ['a{', 'a{', true],
  ]
  for (const [glob, text, matches] of known) {
    it(`"${glob}" ${matches ? 'matches' : "doesn't match"} "${text}"`, () => {
      assert.equal(globToRegExp(glob).test(text), matches)
    })
  }
})
