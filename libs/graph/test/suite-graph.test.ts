import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  buildParsedGraph,
  buildSuiteGraph,
  formatDiagnostic,
  shortestCycles,
  type SuiteGraph,
} from '@muster/graph'
import { parseSuite } from '@muster/graph/parse'
import { suiteId, type SuiteId } from '@muster/model'
import { makeParsed, makeSuite } from './make-suite.ts'

const id = suiteId
const phaseOf = (graph: SuiteGraph, name: SuiteId): number =>
  graph.phases.findIndex((phase) => phase.includes(name))

/** Up to eight suites `s0`…, each with any dependencies among them. */
const edgeLists = fc.array(fc.array(fc.nat(7), { maxLength: 4 }), { minLength: 1, maxLength: 8 })
const nameOf = (index: number): string => `s${index}`
const adjacency = (lists: readonly (readonly number[])[]): Map<string, string[]> =>
  new Map(
    lists.map((list, index) => [
      nameOf(index),
      [...new Set(list)].filter((to) => to < lists.length).map(nameOf),
    ]),
  )

describe('buildSuiteGraph', () => {
  const suites = [
    makeSuite('unit-a'),
    makeSuite('unit-b'),
    makeSuite('unit-c', { dependsOn: [{ kind: 'unit' }] }),
    makeSuite('int', { kind: 'integration', dependsOn: [{ kind: 'unit' }, 'unit-a'] }),
    makeSuite('chaos', { kind: 'chaos', dependsOn: ['int', { kind: 'load' }] }),
  ]
  const { graph, diagnostics } = buildSuiteGraph(suites)

  it('resolves names and kinds, a kind without the suite itself and without any suite', () => {
    assert.deepEqual(diagnostics, [])
    assert.deepEqual(graph.dependenciesOf(id('unit-c')), ['unit-a', 'unit-b'])
    assert.deepEqual(graph.dependenciesOf(id('int')), ['unit-a', 'unit-b', 'unit-c'])
    assert.deepEqual(graph.dependenciesOf(id('chaos')), ['int'])
  })

  it('knows dependents, near and far', () => {
    assert.deepEqual(graph.dependentsOf(id('unit-a')), ['int', 'unit-c'])
    assert.deepEqual(graph.allDependentsOf(id('unit-a')), ['chaos', 'int', 'unit-c'])
    assert.deepEqual(graph.allDependenciesOf(id('chaos')), ['int', 'unit-a', 'unit-b', 'unit-c'])
    assert.deepEqual(graph.allDependenciesOf(id('nobody')), [])
  })

  it('puts suites into phases', () => {
    assert.deepEqual(graph.phases, [['unit-a', 'unit-b'], ['unit-c'], ['int'], ['chaos']])
  })

  it('finds the critical path', () => {
    const durations: Record<string, number> = { 'unit-a': 2, 'unit-b': 5, 'unit-c': 1, int: 3, chaos: 1 }
    assert.deepEqual(
      graph.criticalPath((suite) => durations[suite] ?? 0),
      {
        suites: ['unit-b', 'unit-c', 'int', 'chaos'],
        durationMs: 10,
      },
    )
    assert.deepEqual(
      buildSuiteGraph([]).graph.criticalPath(() => 1),
      { suites: [], durationMs: 0 },
    )
  })

  it('says where an unknown suite is asked for, and which was meant', () => {
    const built = buildParsedGraph([
      makeParsed('unit-core'),
      makeParsed('b', { dependsOn: ['unit-core', 'unit-cor'] }),
    ])
    assert.deepEqual(built.diagnostics.map(formatDiagnostic), [
      'b/suite.json:1:52  $.dependsOn[1]  there is no suite "unit-cor"; did you mean "unit-core"?',
    ])
    assert.deepEqual(built.graph.dependenciesOf(id('b')), ['unit-core'])
  })

  it("doesn't blame a suite for waiting for one that is broken in itself", () => {
    const broken = parseSuite('{"name":"a","knd":"unit"}', 'a/suite.json')
    const built = buildParsedGraph([broken, makeParsed('b', { dependsOn: ['a'] })])
    assert.deepEqual(built.diagnostics, [])
    assert.deepEqual(built.graph.dependenciesOf(id('b')), [])
  })

  it('points at both files of a name that is used twice', () => {
    const built = buildParsedGraph([makeParsed('a', {}, 'z/suite.json'), makeParsed('a', {}, 'x/suite.json')])
    assert.deepEqual(built.diagnostics.map(formatDiagnostic), [
      'z/suite.json:1:9  $.name  the name "a" is already taken by x/suite.json:1:9',
    ])
    assert.deepEqual(built.diagnostics[0]?.related, [{ source: 'x/suite.json', line: 1, column: 9 }])
    assert.equal(built.graph.get(id('a'))?.source, 'x/suite.json')
  })

  it('prints cycles whole, the shortest first, with the place of each edge', () => {
    const built = buildParsedGraph([
      makeParsed('a', { dependsOn: ['b'] }),
      makeParsed('b', { dependsOn: ['c'] }),
      makeParsed('c', { dependsOn: ['a', 'd'] }),
      makeParsed('d', { dependsOn: ['c'] }),
      makeParsed('me', { dependsOn: ['me'] }),
      makeParsed('outside', { dependsOn: ['a'] }),
    ])
    assert.deepEqual(built.diagnostics.map(formatDiagnostic), [
      'me/suite.json:1:41  $.dependsOn[0]  suites wait for each other: me → me (me/suite.json:1:41)',
      'c/suite.json:1:44  $.dependsOn[1]  suites wait for each other: c → d → c (c/suite.json:1:44 → d/suite.json:1:40)',
      'a/suite.json:1:40  $.dependsOn[0]  suites wait for each other: a → b → c → a (a/suite.json:1:40 → b/suite.json:1:40 → c/suite.json:1:40)',
    ])
    assert.deepEqual(built.graph.dependenciesOf(id('outside')), ['a'])
    assert.deepEqual(built.graph.dependenciesOf(id('a')), [])
  })

  it('keeps every edge of a graph without cycles in an earlier phase, as early as can be', () => {
    fc.assert(
      fc.property(edgeLists, (lists) => {
        const acyclic = lists.map((list, index) => list.filter((to) => to < index))
        const built = buildSuiteGraph(
          acyclic.map((list, index) => makeSuite(nameOf(index), { dependsOn: list.map(nameOf) })),
        )
        assert.deepEqual(built.diagnostics, [])
        assert.equal(built.graph.phases.flat().length, lists.length)
        for (const { id: suite } of built.graph.suites) {
          const before = built.graph.dependenciesOf(suite).map((each) => phaseOf(built.graph, each))
          assert.equal(phaseOf(built.graph, suite), Math.max(-1, ...before) + 1)
        }
      }),
    )
  })

  it('always gives a graph without cycles, and an error exactly when there was one', () => {
    fc.assert(
      fc.property(edgeLists, (lists) => {
        const edges = adjacency(lists)
        const built = buildSuiteGraph([...edges].map(([name, dependsOn]) => makeSuite(name, { dependsOn })))
        assert.equal(built.graph.phases.flat().length, lists.length)
        const reaches = [...edges.keys()].some((name) => distance(edges, name, name) !== undefined)
        assert.equal(built.diagnostics.length > 0, reaches)
      }),
    )
  })
})

/** Edges of the shortest way from a to b, by trying ever longer ways; at least one edge. */
function distance(
  edges: ReadonlyMap<string, readonly string[]>,
  from: string,
  to: string,
): number | undefined {
  let reached = new Set([from])
  for (let length = 1; length <= edges.size; length++) {
    reached = new Set([...reached].flatMap((node) => edges.get(node) ?? []))
    if (reached.has(to)) return length
  }
  return undefined
}

describe('shortestCycles', () => {
  it('finds real cycles, and for every suite on a cycle a shortest one', () => {
    fc.assert(
      fc.property(edgeLists, (lists) => {
        const edges = adjacency(lists)
        const cycles = shortestCycles(edges)
        for (const cycle of cycles) {
          assert.equal(new Set(cycle).size, cycle.length)
          for (const [index, node] of cycle.entries()) {
            const next = cycle[(index + 1) % cycle.length] ?? ''
            assert.ok(edges.get(node)?.includes(next), `${node} → ${next} is no edge`)
          }
        }
        for (const node of edges.keys()) {
          const through = cycles.filter((cycle) => cycle.includes(node)).map(({ length }) => length)
          assert.equal(through.length === 0 ? undefined : Math.min(...through), distance(edges, node, node))
        }
        assert.deepEqual(
          cycles.map(({ length }) => length),
          cycles.map(({ length }) => length).toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 300 },
    )
  })
})
