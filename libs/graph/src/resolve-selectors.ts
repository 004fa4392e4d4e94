import type { Suite, SuiteId } from '@muster/model'
import type { Diagnostic, Location } from './diagnostic.ts'
import { closest } from './suggest.ts'

/** The suites that others can name. */
export interface Names {
  readonly suites: ReadonlyMap<SuiteId, Suite>
  /** Names of suites that are declared but unusable: depending on one is no mistake. */
  readonly broken: ReadonlySet<string>
}

export interface Resolved {
  /** Where each dependency was asked for first. */
  readonly edges: ReadonlyMap<SuiteId, { readonly index: number; readonly at: Location }>
  readonly diagnostics: readonly Diagnostic[]
}

/** A suite's `dependsOn` as suites. A selector by kind means all others of that kind, which may be none. */
export function resolveSelectors(suite: Suite, names: Names, locate: (index: number) => Location): Resolved {
  const edges = new Map<SuiteId, { index: number; at: Location }>()
  const diagnostics: Diagnostic[] = []
  const add = (id: SuiteId, index: number): void => {
    if (!edges.has(id)) edges.set(id, { index, at: locate(index) })
  }
  for (const [index, selector] of suite.dependsOn.entries()) {
    if ('kind' in selector) {
      for (const other of names.suites.values()) {
        if (other.kind === selector.kind && other.id !== suite.id) add(other.id, index)
      }
    } else if (names.suites.has(selector.suite as SuiteId)) {
      add(selector.suite as SuiteId, index)
    } else if (!names.broken.has(selector.suite)) {
      const suggestion = closest(selector.suite, [...names.suites.keys(), ...names.broken])
      diagnostics.push({
        severity: 'error',
        ...locate(index),
        path: `$.dependsOn[${index}]`,
        message: `there is no suite ${JSON.stringify(selector.suite)}`,
        ...(suggestion !== undefined && { suggestion }),
      })
    }
  }
  return { edges, diagnostics }
}
