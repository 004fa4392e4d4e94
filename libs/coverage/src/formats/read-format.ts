import type { FileCoverage } from '../structure.ts'

export interface FormatWarning {
  /** Of the file that was read; absent when the file as a whole is meant. */
  readonly line?: number
  readonly message: string
}

/** What a coverage file holds; paths are as the tool wrote them. */
export interface FormatContent {
  readonly files: readonly (readonly [path: string, file: FileCoverage])[]
  readonly warnings: readonly FormatWarning[]
}
