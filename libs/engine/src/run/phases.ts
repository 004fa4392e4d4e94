import type { SuiteId } from '@muster/model'

/** Depth of each suite in the graph of a run: 0 for what depends on nothing in it. The graph has no cycles: Nx refuses them. */
export class Phases {
  private readonly dependsOn = new Map<SuiteId, readonly SuiteId[]>()
  private readonly phases = new Map<SuiteId, number>()

  add(suite: SuiteId, dependsOn: readonly SuiteId[]): void {
    this.dependsOn.set(suite, dependsOn)
  }

  of(suite: SuiteId): number {
    const known = this.phases.get(suite)
    if (known !== undefined) return known
    const before = (this.dependsOn.get(suite) ?? []).filter((each) => this.dependsOn.has(each))
    const phase = before.reduce((max, each) => Math.max(max, 1 + this.of(each)), 0)
    this.phases.set(suite, phase)
    return phase
  }
}
