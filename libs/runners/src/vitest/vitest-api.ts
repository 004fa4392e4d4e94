/** What vitest 3 and 4 tell a reporter, as far as it is used here. */
export interface VitestCase {
  readonly type: 'test'
  readonly id: string
  readonly name: string
  readonly parent: VitestGroup | VitestModule
  readonly module: VitestModule
  readonly options: { readonly mode?: string }
  result(): {
    readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
    readonly errors?: readonly VitestError[] | undefined
    readonly note?: string | undefined
  }
  diagnostic(): { readonly duration: number; readonly retryCount: number } | undefined
}

export interface VitestGroup {
  readonly type: 'suite'
  readonly name: string
  readonly parent: VitestGroup | VitestModule
  readonly module: VitestModule
  readonly children: VitestChildren
  errors(): readonly VitestError[]
}

export interface VitestModule {
  readonly type: 'module'
  /** Absolute, '/'-separated. */
  readonly moduleId: string
  readonly project: { readonly name: string }
  readonly children: VitestChildren
  errors(): readonly VitestError[]
  /** Milliseconds. */
  diagnostic(): {
    readonly environmentSetupDuration: number
    readonly prepareDuration: number
    readonly collectDuration: number
    readonly setupDuration: number
    readonly duration: number
  }
}

interface VitestChildren {
  allTests(): Iterable<VitestCase>
}

/** Serialised by vitest; both sides are text already. */
export interface VitestError {
  readonly message?: string
  readonly name?: string
  readonly stack?: string
  readonly expected?: unknown
  readonly actual?: unknown
  readonly cause?: unknown
  /** Of an error that no test caught, such as "Unhandled Rejection". */
  readonly type?: string
}

export interface VitestLog {
  readonly content: string
  readonly type: 'stdout' | 'stderr'
  readonly taskId?: string
}

export interface Vitest {
  readonly config: VitestConfig
  readonly projects: readonly { readonly config: VitestConfig }[]
}

export interface VitestConfig {
  readonly bail?: number
  readonly dangerouslyIgnoreUnhandledErrors?: boolean
  readonly globalSetup?: string | readonly string[]
  readonly sequence?: { readonly shuffle?: boolean | { readonly files?: boolean } }
  readonly typecheck?: { readonly enabled?: boolean }
}
