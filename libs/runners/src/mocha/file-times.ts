import { workspacePath } from '../workspace-path.ts'
import type { MochaEventSource, MochaRootSuite, MochaSuite } from './mocha-api.ts'

/** Tests may replace it. */
const now = performance.now.bind(performance)

/**
 * Wall time by test file: loading it, and running its groups with all hooks, those of the root included. Mocha
 * does one thing after the other, so that what lies between two events is one file's.
 */
export class FileTimes {
  readonly #ms = new Map<string, number>()
  #since = 0

  /** Before the files are loaded. */
  watchLoading(root: MochaRootSuite): void {
    root.on('pre-require', () => this.#start())
    root.on('post-require', (_, file) => this.#charge(file))
  }

  /** Before the tests run. */
  watchRunning(runner: MochaEventSource): void {
    runner
      .on('suite', (suite) => isOutermost(suite) && this.#start())
      .on('suite end', (suite) => isOutermost(suite) && this.#charge(fileOfGroup(suite)))
      .on('test', ({ parent }) => parent.root && this.#start())
      .on('test end', ({ parent, file }) => parent.root && this.#charge(file))
  }

  /** By workspace-relative file, in whole milliseconds. @param root absolute workspace root */
  byFile(root: string): Record<string, number> {
    return Object.fromEntries(
      Array.from(this.#ms, ([file, ms]) => [workspacePath(root, file), Math.round(ms)]),
    )
  }

  #start(): void {
    this.#since = now()
  }

  #charge(file: string | undefined): void {
    if (file !== undefined) this.#ms.set(file, (this.#ms.get(file) ?? 0) + now() - this.#since)
  }
}

const isOutermost = ({ parent }: MochaSuite): boolean => parent?.root === true

/** Groups of the "exports" interface don't know their file. */
const fileOfGroup = ({ file, tests, suites }: MochaSuite): string | undefined =>
  file ?? tests[0]?.file ?? (suites[0] && fileOfGroup(suites[0]))
