import type { CaseSink } from './case-sink.ts'
import type { Declared } from './declared.ts'
import type { WarningList } from './warning-list.ts'
import type { PathBase } from './workspace-path.ts'

export interface ReaderOptions extends PathBase {
  /**
   * Begins the paths of a file of our own writer with the suite's name. A runner that knows the suite reads
   * without it; who reads a report of several suites needs it to tell them apart.
   */
  readonly keepSuite?: boolean
}

export interface ReaderContext {
  /** Well-formed text in chunks of bounded length. A reader may stop early. */
  readonly chunks: AsyncIterable<string>
  readonly cases: CaseSink
  readonly warnings: WarningList
  readonly base: ReaderOptions
}

export interface ReaderEnd {
  readonly complete: boolean
  readonly declared?: Declared
  /** The format's own count of groups that hold test cases, where it has one. */
  readonly suites?: number
}

/** Port: one result format. Must not reject for anything the chunks hold. */
export type FormatReader = (context: ReaderContext) => Promise<ReaderEnd>
