import type { ReporterInput } from '../tool/reporter-input.ts'

/** What `reporter` is told; plain JSON. */
export interface VitestReporterInput extends ReporterInput {
  /** Workspace-relative files that must run, all of them; absent: whatever vitest finds. */
  readonly files?: readonly string[]
}
