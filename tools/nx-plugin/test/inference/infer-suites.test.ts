import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { parseSuite } from '@muster/graph/parse'
import { inferSuites } from '../../src/inference/infer-suites.ts'
import type { InferenceOptions } from '../../src/inference/inference-options.ts'

const noFiles = { text: () => undefined, json: () => undefined, entries: () => new Set<string>() }

type Inferred = {
  root: string
  name?: string
  targets?: Record<string, { options?: { error?: string }; dependsOn?: unknown[] }>
}

/** @param declarations the text of each suite.json by its folder */
function infer(declarations: Readonly<Record<string, string>>, options: InferenceOptions = {}): Inferred[] {
  const parsed = Object.entries(declarations).map(([folder, text]) =>
    parseSuite(text, `${folder}/suite.json`),
  )
  const result = inferSuites({ parsed, projects: new Map(), files: noFiles, nxJson: {}, options })
  return result.flatMap(([, { projects }]) => Object.values(projects ?? {}) as Inferred[])
}

describe('inferSuites', () => {
  it('a broken suite fails the target that it would have had', () => {
    const targets = ['performance', 'unit', 'nonsense'].map((kind) => {
      const [project] = infer({ s: JSON.stringify({ name: 'ä', kind }) })
      return Object.entries(project?.targets ?? {}).map(([name, { options }]) => [name, !!options?.error])
    })
    assert.deepEqual(targets, [[['bench', true]], [['test', true]], [['test', true]]])
  })

  it('gives every file a project of a name of its own, whatever the files say', () => {
    const name = fc.constantFrom('a', 'b', 's-a', 's-b', '../a', '')
    const json = fc.record({
      name,
      kind: fc.constantFrom('unit', 'load', 'nonsense'),
      dependsOn: fc.array(fc.oneof(name, fc.constantFrom({ kind: 'unit' }, { suite: 'a' })), {
        maxLength: 3,
      }),
      covers: fc.array(name, { maxLength: 2 }),
    })
    const text = fc.oneof({ weight: 4, arbitrary: json.map((value) => JSON.stringify(value)) }, fc.string())
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('s/a', 's/b', 'a', 't/a', 's-a'), text), (declarations) => {
        const projects = infer(declarations)
        assert.equal(projects.length, Object.keys(declarations).length)
        const names = projects.map((project) => project.name)
        assert.equal(new Set(names).size, names.length, names.join(' '))
        const known = new Set(
          projects.flatMap((project) =>
            Object.keys(project.targets ?? {}).map((target) => `${project.name}:${target}`),
          ),
        )
        for (const project of projects) {
          const [target] = Object.values(project.targets ?? {})
          assert.ok(target)
          for (const edge of (target.dependsOn ?? []) as { projects: string[]; target: string }[]) {
            assert.ok(known.has(`${edge.projects[0]}:${edge.target}`), JSON.stringify(edge))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('believes the names of projects that other plugins infer', () => {
    const suite = { 's/a': '{"name":"a","kind":"unit","covers":["gradle-app"]}' }
    const error = (options: InferenceOptions): string | undefined =>
      infer(suite, options)[0]?.targets?.['test']?.options?.error
    assert.match(error({}) ?? '', /there is no project "gradle-app".*knownProjects/)
    assert.equal(error({ knownProjects: ['gradle-app'] }), undefined)
  })

  it('names targets as the options say', () => {
    const suites = { a: '{"name":"a","kind":"unit"}', b: '{"name":"b","kind":"performance"}' }
    const targets = infer(suites, { targetName: 'check', benchTargetName: 'measure' }).map((each) =>
      Object.keys(each.targets ?? {}),
    )
    assert.deepEqual(targets, [['check'], ['measure']])
  })
})
