/** One range of V8's block coverage: offsets in the script that ran, and how often it ran. */
export interface V8Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

export interface V8Function {
  /** The function itself first, then blocks in it that ran otherwise often. */
  readonly ranges: readonly V8Range[]
}

export interface V8Script {
  readonly url: string
  readonly functions: readonly V8Function[]
}

/** What Node knows of a transpiled script. */
export interface V8SourceMap {
  /** Of the script that ran, without line breaks. */
  readonly lineLengths: readonly number[]
  /** A source map of version 3; null when there is none or it can't be read. */
  readonly data: unknown
}

/** A file that Node writes for `NODE_V8_COVERAGE`, one for each process and thread. */
export interface V8Report {
  readonly result: readonly V8Script[]
  readonly 'source-map-cache'?: Readonly<Record<string, V8SourceMap>>
}
