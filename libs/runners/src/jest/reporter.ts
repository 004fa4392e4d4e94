import { basename } from 'node:path'
import type { CaseError } from '@muster/model'
import type { EndMessage } from '../runner.ts'
import { CaseTeller } from '../tool/case-teller.ts'
import { connectFeed } from '../tool/connect-feed.ts'
import type { ReporterInput } from '../tool/reporter-input.ts'
import { workspacePath } from '../workspace-path.ts'
import type { JestCase, JestFile, JestFileResult, JestReporterConfig, JestResults } from './jest-api.ts'
import { JestCases } from './jest-cases.ts'
import { jestFileError } from './jest-error.ts'

/** Loaded by jest itself, and so it is built, and imports Node alone. */
export default class MusterReporter {
  readonly #config: JestReporterConfig
  readonly #root: string
  readonly #teller: CaseTeller
  readonly #open = new Map<string, JestCases>()
  readonly #fileMs: Record<string, number> = {}
  #hooks = 0

  constructor(config: JestReporterConfig) {
    const feed = connectFeed<ReporterInput>()
    this.#config = config
    this.#root = feed?.told.root ?? process.cwd()
    this.#teller = new CaseTeller(feed?.emit ?? (() => {}), feed?.told ?? { root: this.#root })
    // A test that ends the process takes the file's result with it, but not what failed before.
    process.once('exit', () => {
      for (const cases of this.#open.values()) for (const each of cases.pending()) this.#teller.case(each)
    })
  }

  onTestCaseResult(file: JestFile, test: JestCase): void {
    const ended = this.#casesOf(file).ended(test)
    if (ended) this.#teller.case(ended)
  }

  onTestFileResult(file: JestFile, result: JestFileResult): void {
    for (const each of this.#casesOf(file).rest(result.testResults)) this.#teller.case(each)
    this.#open.delete(keyOf(file))
    if (result.testExecError !== undefined && result.testExecError !== null) {
      const error = jestFileError(result.testExecError, result.failureMessage)
      this.#tellHook([...this.#projectOf(file), basename(file.path)], file.path, error)
    }
    const path = this.#fileOf(file)
    const { start, end, loadTestEnvironmentStart = start } = result.perfStats
    this.#fileMs[path] = (this.#fileMs[path] ?? 0) + Math.max(1, end - loadTestEnvironmentStart)
  }

  onRunComplete(_contexts: unknown, results: JestResults): void {
    const { runExecError, snapshot, wasInterrupted } = results
    if (runExecError !== undefined && runExecError !== null) {
      const { message, stack } = jestFileError(runExecError, undefined)
      this.#teller.error(message, stack === undefined ? {} : { stack })
    }
    if (snapshot.failure) this.#tellSnapshots(snapshot)
    // Without an end nobody believes it.
    if (wasInterrupted) return
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + this.#hooks,
      skipped: results.numPendingTests + results.numTodoTests,
    }
    this.#teller.end(counts, this.#aboutFiles())
  }

  #aboutFiles(): Pick<EndMessage, 'whole' | 'fileMs'> {
    const bails = this.#config.bail > 0
    return {
      ...(bails && { whole: 'bail is set, so that a failure in one file leaves out tests of others' }),
      ...(Object.keys(this.#fileMs).length > 1 && { fileMs: this.#fileMs }),
    }
  }

  #tellSnapshots({ uncheckedKeysByFile, filesRemovedList = [] }: JestResults['snapshot']): void {
    for (const { filePath, keys } of uncheckedKeysByFile) {
      const message = `No test asks for them; jest -u takes them away: ${keys.join(', ')}`
      this.#tellHook(['obsolete snapshots'], filePath, { message })
    }
    for (const filePath of filesRemovedList) {
      const message = 'Its test file is gone; jest -u takes it away'
      this.#tellHook(['obsolete snapshot file', basename(filePath)], filePath, { message })
    }
  }

  /** A failure that is no test's: jest fails for it, without counting it among the tests. */
  #tellHook(path: readonly string[], file: string, error: CaseError): void {
    this.#hooks++
    this.#teller.case({
      path,
      file: workspacePath(this.#root, file),
      status: 'failed',
      durationMs: 0,
      hook: true,
      error,
    })
  }

  #casesOf(file: JestFile): JestCases {
    const known = this.#open.get(keyOf(file))
    if (known) return known
    const made = new JestCases({ file: this.#fileOf(file), project: this.#projectOf(file) })
    this.#open.set(keyOf(file), made)
    return made
  }

  #fileOf({ path }: JestFile): string {
    return workspacePath(this.#root, path)
  }

  #projectOf({ context }: JestFile): readonly string[] {
    const name = context.config.displayName?.name
    return this.#config.projects.length > 1 && name !== undefined ? [name] : []
  }
}

const keyOf = ({ path, context }: JestFile): string =>
  JSON.stringify([path, context.config.displayName?.name, context.config.rootDir])
