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

export interface MochaStats {
  readonly passes: number
  readonly failures: number
  readonly pending: number
}

export interface MochaEventSource {
  readonly stats?: MochaStats
  on(event: 'pass' | 'pending', listener: (test: Runnable) => void): this
  on(event: 'fail', listener: (test: Runnable, error: unknown) => void): this
  once(event: 'end', listener: () => void): this
  dispose(): void
}

export interface MochaInstance {
  files: string[]
  readonly suite: { emit(event: string, ...args: unknown[]): boolean }
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
  readonly Mocha: MochaConstructor & { readonly interfaces: Record<string, unknown> }
  readonly requireOrImport: (file: string) => Promise<unknown>
  readonly PluginLoader: { create(): PluginLoader }
}
