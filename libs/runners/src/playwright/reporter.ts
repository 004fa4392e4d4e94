import type { RunnerCounts } from '../runner.ts'
import { CaseTeller } from '../tool/case-teller.ts'
import { connectFeed } from '../tool/connect-feed.ts'
import type { ReporterInput } from '../tool/reporter-input.ts'
import { workspacePath } from '../workspace-path.ts'
import { missingBrowser } from './missing-browser.ts'
import type {
  PlaywrightConfig,
  PlaywrightError,
  PlaywrightResult,
  PlaywrightSuite,
  PlaywrightTest,
} from './playwright-api.ts'
import { fileOf, isUnexpected, playwrightCase } from './playwright-case.ts'
import { executionError, playwrightError } from './playwright-error.ts'
import { wholeReason } from './whole-reason.ts'

/** Loaded by Playwright itself, and so it is built, and imports Node alone. */
export default class MusterReporter {
  readonly #root: string
  readonly #teller: CaseTeller
  readonly #told = new Set<string>()
  #config: PlaywrightConfig | undefined
  #suite: PlaywrightSuite | undefined
  #unusable = false

  constructor() {
    const feed = connectFeed<ReporterInput>()
    this.#root = feed?.told.root ?? process.cwd()
    this.#teller = new CaseTeller(feed?.emit ?? (() => {}), feed?.told ?? { root: this.#root })
  }

  onBegin(config: PlaywrightConfig, suite: PlaywrightSuite): void {
    this.#config = config
    this.#suite = suite
  }

  onTestEnd(test: PlaywrightTest, result: PlaywrightResult): void {
    if (isUnexpected(test, result)) {
      const problem = missingBrowser(executionError(result))
      if (problem !== undefined) return this.#giveUp(problem)
      if (result.retry < test.retries) return
    }
    // Whoever is retried in a serial group takes the whole group along, what passed included.
    if (result.status !== 'interrupted' && !(test.retries > 0 && isSerial(test.parent))) this.#tell(test)
  }

  /** What is no test's: a file that doesn't load, a global set-up or a web server that fails. */
  onError(error: PlaywrightError): void {
    const { message, stack } = playwrightError(error)
    this.#teller.error(message, stack === undefined ? {} : { stack })
  }

  onEnd({ status }: { readonly status: string }): void {
    const tests = this.#suite?.allTests() ?? []
    if (status === 'interrupted' || this.#unusable) return
    for (const test of tests) this.#tell(test)
    const counts = countOutcomes(tests)
    if (this.#config?.failOnFlakyTests === true && tests.some((test) => test.outcome() === 'flaky')) {
      this.#teller.error('a test is flaky, and failOnFlakyTests is set')
    }
    const whole = this.#config && wholeReason(this.#config)
    const fileMs = this.#fileMs(tests)
    this.#teller.end(counts, {
      ...(whole !== undefined && { whole }),
      ...(Object.keys(fileMs).length > 1 && { fileMs }),
    })
  }

  printsToStdio(): boolean {
    return false
  }

  #tell(test: PlaywrightTest): void {
    if (this.#told.has(test.id)) return
    this.#told.add(test.id)
    this.#teller.case(playwrightCase(this.#root, (this.#config?.projects.length ?? 0) > 1, test))
  }

  /** Every further test would say the same, after all its retries. */
  #giveUp(problem: string): void {
    if (this.#unusable) return
    this.#unusable = true
    this.#teller.error(problem, { environment: true })
    process.kill(process.pid, 'SIGINT')
  }

  #fileMs(tests: readonly PlaywrightTest[]): Record<string, number> {
    const fileMs: Record<string, number> = {}
    for (const test of tests) {
      const file = workspacePath(this.#root, fileOf(test))
      const ms = test.results.reduce((sum, { duration }) => sum + duration, 0)
      fileMs[file] = (fileMs[file] ?? 0) + Math.max(1, ms)
    }
    return fileMs
  }
}

function isSerial(suite: PlaywrightSuite | undefined): boolean {
  return suite !== undefined && (suite._parallelMode === 'serial' || isSerial(suite.parent))
}

/** As Playwright's own JSON has it: a flaky test has passed, and what didn't run is skipped. */
function countOutcomes(tests: readonly PlaywrightTest[]): RunnerCounts {
  const outcomes = tests.map((test) => test.outcome())
  const count = (...names: string[]): number => outcomes.filter((each) => names.includes(each)).length
  return { passed: count('expected', 'flaky'), failed: count('unexpected'), skipped: count('skipped') }
}
