/** What takes part in the answers of an options process: files that are only read, or code, which may want all of mocha. */
export type Parties = 'data' | 'code'

/** What the coordinator asks its options process. */
export interface OptionsRequest {
  readonly id: number
  /** Absolute folder of the mocha to ask. */
  readonly mochaDir: string
  /** Absolute working directory. */
  readonly dir: string
  /** As typed after `mocha`. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Also find the files of the config's `spec` (or mocha's default place). */
  readonly collect: boolean
}

export type OptionsReply =
  | {
      readonly ok: true
      /** Kebab-case names without aliases, as mocha parsed them. */
      readonly options: Readonly<Record<string, unknown>>
      readonly nodeOptions: readonly string[]
      readonly spec: readonly string[]
      /** The `file` option: absolute, loaded before all others. */
      readonly file: readonly string[]
      /** Absolute; null when they weren't asked for. */
      readonly files: readonly string[] | null
      /** What mocha printed meanwhile. */
      readonly said: readonly string[]
    }
  | { readonly ok: false; readonly message: string }
