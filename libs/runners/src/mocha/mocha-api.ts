/**
 * The parts of mocha that Muster touches, alike in 10, 11 and 12. Written out here because mocha's own
 * types differ between those versions and half of this is not in them.
 */
export interface Runnable {
  readonly title: string
  readonly type?: string
  readonly file?: string
  readonly duration?: number
  readonly parent?: { titlePath(): string[] }
  titlePath(): string[]
  currentRetry(): number
}

export interface MochaTest extends Runnable {
  readonly parent: MochaSuite
}

/** A group; the root is the one without title and parent. */
export interface MochaSuite {
  readonly title: string
  readonly root: boolean
  readonly file?: string
  readonly parent?: MochaSuite
  readonly suites: MochaSuite[]
  tests: MochaTest[]
  titlePath(): string[]
  bail(): boolean
  bail(bail: boolean): this
  /** Some `.only` is in it. */
  hasOnly(): boolean
}

/** Tells of its files before and after they are loaded, and of the hooks that are added to it. */
export interface MochaRootSuite extends MochaSuite {
  on(event: 'pre-require', listener: (globals: unknown, file: string) => void): this
  on(event: 'post-require', listener: (globals: unknown, file: string) => void): this
  on(event: RootHook, listener: () => void): this
  emit(event: string, ...args: unknown[]): boolean
}

export type RootHook = 'beforeAll' | 'beforeEach' | 'afterAll' | 'afterEach'

export interface MochaStats {
  readonly passes: number
  readonly failures: number
  readonly pending: number
}

export interface MochaEventSource {
  readonly stats?: MochaStats
  on(event: 'pass' | 'pending', listener: (test: Runnable) => void): this
  /** `retry`: it failed and will be executed again. */
  on(event: 'fail' | 'retry', listener: (test: Runnable, error: unknown) => void): this
  on(event: 'test' | 'test end', listener: (test: MochaTest) => void): this
  on(event: 'suite' | 'suite end', listener: (suite: MochaSuite) => void): this
  /** `start`: everything is loaded, `.only` has been applied, nothing has run. */
  once(event: 'start' | 'end', listener: () => void): this
  /** How many of its tests the `grep` option leaves. */
  grepTotal(suite: MochaSuite): number
  dispose(): void
}

export interface MochaInstance {
  files: string[]
  readonly suite: MochaRootSuite
  lazyLoadFiles(lazy: boolean): this
  loadFilesAsync(): Promise<void>
  run(done: (failures: number) => void): MochaEventSource
}

export type MochaConstructor = new (options: Readonly<Record<string, unknown>>) => MochaInstance

export interface PluginLoader {
  load(exported: unknown): boolean
  finalize(): Promise<Record<string, unknown>>
}

/** What the pack exports, and what the plain files of mocha's `lib` export together. */
export interface MochaModules {
  readonly Mocha: MochaConstructor & {
    readonly interfaces: Record<string, unknown>
    readonly utils: { stackTraceFilter(): (stack: string) => string }
  }
  readonly requireOrImport: (file: string) => Promise<unknown>
  readonly PluginLoader: { create(): PluginLoader }
}
