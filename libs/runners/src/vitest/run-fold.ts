import type { CaseStatus, TestCase } from '@muster/model'
import type { UnitMessage } from '../runner.ts'
import { hookTitle, WantedCases } from '../tool/wanted-cases.ts'
import { workspacePath, workspacePaths } from '../workspace-path.ts'
import { CaseOutput } from './case-output.ts'
import { casePath } from './case-path.ts'
import type { VitestReporterInput } from './reporter-input.ts'
import type { VitestCase, VitestGroup, VitestLog, VitestModule } from './vitest-api.ts'
import { earlierErrors, failure } from './vitest-error.ts'

/**
 * Turns what vitest tells into messages. A case is what vitest counts as a test. A hook around a group or a file, and a
 * file that doesn't load, make the run red without being counted: they are cases of their own here.
 */
export class RunFold {
  private readonly told = new Set<string>()
  private readonly modules = new Set<VitestModule>()
  private readonly ran = new Set<string>()
  private readonly output = new CaseOutput()
  private readonly counts = { passed: 0, failed: 0, skipped: 0 }
  private readonly fileMs: Record<string, number> = {}
  private readonly wanted: WantedCases
  private readonly relative: (file: string | undefined) => string | undefined
  private readonly input: VitestReporterInput
  private readonly emit: (message: UnitMessage) => void

  constructor(input: VitestReporterInput, emit: (message: UnitMessage) => void) {
    this.input = input
    this.emit = emit
    this.wanted = new WantedCases(input.cases)
    this.relative = workspacePaths(input.root)
  }

  log(log: VitestLog): void {
    this.output.add(log)
  }

  test(test: VitestCase): void {
    const { state, errors = [], note } = test.result()
    if (state === 'pending' || this.told.has(test.id)) return
    this.told.add(test.id)
    const { duration = 0, retryCount = 0 } = test.diagnostic() ?? {}
    const attempts = retryCount + 1
    const streams = this.output.take(test.id)
    const reason = note ?? (test.options.mode === 'todo' ? 'todo' : undefined)
    this.tell(test.module, state, {
      path: casePath(test),
      durationMs: duration,
      ...(attempts > 1 && { attempts, earlierErrors: earlierErrors(errors, state === 'passed') }),
      ...(state === 'skipped' && reason !== undefined && { skipReason: reason }),
      ...(state === 'failed' && { error: failure(errors, attempts), ...streams }),
    })
  }

  group(group: VitestGroup): void {
    this.hooks(group, group.module)
  }

  /** All of its tests are done, or none will be. */
  module(module: VitestModule): void {
    if (this.modules.has(module)) return
    this.modules.add(module)
    const file = workspacePath(this.input.root, module.moduleId)
    this.ran.add(file)
    const times = module.diagnostic()
    this.fileMs[file] =
      (this.fileMs[file] ?? 0) +
      times.environmentSetupDuration +
      times.prepareDuration +
      times.collectDuration +
      times.setupDuration +
      times.duration
    // Not all versions tell each test that is left out.
    for (const test of module.children.allTests()) this.test(test)
    if ([...module.children.allTests()].length > 0) return this.hooks(module, module)
    const errors = module.errors()
    if (errors.length === 0) return
    const path = [...casePath(module), file]
    this.tell(module, 'failed', { path, durationMs: 0, error: failure(errors, 1), errored: true })
  }

  /** @param modules all that vitest knows: version 3 doesn't tell of each that doesn't load */
  end(modules: readonly VitestModule[], whole: string | undefined): void {
    for (const module of modules) this.module(module)
    const absent = (this.input.files ?? []).filter((file) => !this.ran.has(file))
    // The cases of a rerun are looked for one by one.
    if (absent.length > 0 && this.input.cases === undefined) {
      const message = `vitest does not run ${absent.slice(0, 3).join(', ')}: "include" of its configuration must match what this suite includes`
      this.emit({ type: 'error', message, environment: true })
    }
    const missing = this.wanted.missing()
    this.emit({
      type: 'end',
      counts: this.counts,
      ...(whole !== undefined && { whole }),
      fileMs: this.fileMs,
      ...(missing !== undefined && { missing }),
    })
  }

  /** Vitest doesn't say which hook failed. If no test ran, it was the first. */
  private hooks(around: VitestGroup | VitestModule, module: VitestModule): void {
    const errors = around.errors()
    if (errors.length === 0) return
    const ran = [...around.children.allTests()].some((test) => test.result().state !== 'skipped')
    const path = [...casePath(around), hookTitle(ran ? 'afterAll' : 'beforeAll')]
    this.tell(module, 'failed', { path, durationMs: 0, error: failure(errors, 1), hook: true })
  }

  private tell({ moduleId }: VitestModule, status: CaseStatus, found: Omit<TestCase, 'status'>): void {
    const file = this.relative(moduleId)
    if (!this.wanted.take(found.path, file) && status !== 'failed') return
    this.counts[status]++
    this.emit({ type: 'case', case: { ...found, status, ...(file !== undefined && { file }) } })
  }
}
