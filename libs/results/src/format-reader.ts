import type { TestCase } from '@muster/model'
import type { Declared } from './declared.ts'
import type { WarningList } from './warning-list.ts'
import type { PathBase } from './workspace-path.ts'

export interface ReaderContext {
  /** Well-formed text in chunks of bounded length. A reader may stop early. */
  readonly chunks: AsyncIterable<string>
  /** Where the reader puts the cases, in the order of the file. */
  readonly cases: TestCase[]
  readonly warnings: WarningList
  readonly base: PathBase
}

export interface ReaderEnd {
  readonly complete: boolean
  readonly declared?: Declared
}

/** Port: one result format. Must not reject for anything the chunks hold. */
export type FormatReader = (context: ReaderContext) => Promise<ReaderEnd>
