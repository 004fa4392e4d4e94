import type { Suite, SuiteKind } from '@muster/model'
import type { Diagnostic, Location } from './diagnostic.ts'

/** Where the parts of a suite stand that other suites can contradict. */
export interface SuitePositions {
  readonly name: Location
  /** One for each entry of `dependsOn`, in order. */
  readonly dependsOn: readonly Location[]
  /** One for each entry of `covers`, in order. */
  readonly covers: readonly Location[]
}

/** What one suite.json says. Plain JSON, so that it can be kept between processes. */
export interface ParsedSuite {
  readonly source: string
  /** Absent when a diagnostic is an error. */
  readonly suite?: Suite
  /** The declared name, also of a suite that is otherwise unusable, so that those who depend on it aren't blamed. */
  readonly name?: string
  /** The declared kind, as `name`: it decides which target is to fail. */
  readonly kind?: SuiteKind
  readonly positions?: SuitePositions
  readonly diagnostics: readonly Diagnostic[]
}
