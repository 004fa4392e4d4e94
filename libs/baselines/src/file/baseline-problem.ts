/** What is wrong with a baseline file, and where. */
export interface BaselineProblem {
  /** `newer`: written by a later version of Muster than this one. */
  readonly kind: 'conflict' | 'syntax' | 'schema' | 'newer'
  /** JSON path, such as `$.benchmarks["parse"].duration["linux-x64"].samples[3]`; `$` of the whole file. */
  readonly path: string
  /** Line and column count from 1. */
  readonly line: number
  readonly column: number
  /** What is wrong, what was expected, what to do. */
  readonly message: string
}

/** `baselines/core.json:7:12  $.version  …` */
export const formatBaselineProblem = (
  source: string,
  { line, column, path, message }: BaselineProblem,
): string => `${source}:${line}:${column}  ${path}  ${message}`
