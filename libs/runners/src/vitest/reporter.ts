import { connectFeed } from '../tool/connect-feed.ts'
import type { VitestReporterInput } from './reporter-input.ts'
import { RunFold } from './run-fold.ts'
import type { Vitest, VitestCase, VitestError, VitestGroup, VitestLog, VitestModule } from './vitest-api.ts'
import { vitestError } from './vitest-error.ts'
import { wholeReason } from './whole-reason.ts'

/** A reporter of vitest that prints nothing: it tells Muster. Vitest makes the one instance. */
export default class MusterReporter {
  private readonly feed = connectFeed<VitestReporterInput>()
  private readonly fold = this.feed && new RunFold(this.feed.told, this.feed.emit)
  private vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.vitest = vitest
  }

  onUserConsoleLog(log: VitestLog): void {
    this.fold?.log(log)
  }

  onTestCaseResult(test: VitestCase): void {
    this.fold?.test(test)
  }

  onTestSuiteResult(group: VitestGroup): void {
    this.fold?.group(group)
  }

  onTestModuleEnd(module: VitestModule): void {
    this.fold?.module(module)
  }

  onTestRunEnd(
    modules: readonly VitestModule[],
    unhandled: readonly VitestError[],
    reason: 'passed' | 'failed' | 'interrupted',
  ): void {
    if (this.vitest?.config.dangerouslyIgnoreUnhandledErrors !== true)
      for (const error of unhandled) this.unhandled(error)
    // What was interrupted has no result, whatever was told before.
    if (reason === 'interrupted') return
    this.fold?.end(modules, this.vitest && wholeReason(this.vitest))
  }

  private unhandled(error: VitestError): void {
    const { message, stack } = vitestError(error)
    const type = error.type ?? 'Unhandled error'
    this.feed?.emit({
      type: 'error',
      message: `${type}: ${message}`,
      ...(stack !== undefined && { stack }),
    })
  }
}
