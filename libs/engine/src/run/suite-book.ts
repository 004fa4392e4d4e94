import type { SuiteId, UnitId } from '@muster/model'
import { Phases } from './phases.ts'
import type { SuiteRequest } from './suite-request.ts'
import type { SuiteRun } from './suite-run.ts'
import type { UnitExecution } from './unit-execution.ts'

/** The suites of a run: as they were asked for, and as they run. */
export class SuiteBook {
  private readonly requests = new Map<SuiteId, SuiteRequest>()
  private readonly runs = new Map<SuiteId, SuiteRun>()
  private readonly suiteOf = new Map<UnitId, SuiteId>()
  private readonly phases = new Phases()

  /** Those that are new; what an earlier slice had is left alone. */
  takeNew(requests: readonly SuiteRequest[]): SuiteRequest[] {
    const fresh = requests.filter(({ suite }) => !this.requests.has(suite.id))
    for (const request of fresh) {
      this.requests.set(request.suite.id, request)
      this.phases.add(request.suite.id, request.dependsOn)
    }
    return fresh
  }

  add(run: SuiteRun): void {
    this.runs.set(run.suite.id, run)
    for (const unit of run.executions.keys()) this.suiteOf.set(unit, run.suite.id)
  }

  request(suite: SuiteId): SuiteRequest {
    return this.requests.get(suite)!
  }

  phase(suite: SuiteId): number {
    return this.phases.of(suite)
  }

  /** Undefined for a suite that was answered without running. */
  run(suite: SuiteId): SuiteRun | undefined {
    return this.runs.get(suite)
  }

  runOf(unit: UnitId): SuiteRun {
    return this.runs.get(this.suiteOf.get(unit)!)!
  }

  /** What waits or runs. */
  openExecutions(): UnitExecution[] {
    return [...this.runs.values()].flatMap((run) => run.openUnits.map((unit) => run.executions.get(unit)!))
  }
}
