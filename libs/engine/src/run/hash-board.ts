import { suiteId, type SuiteId } from '@muster/model'

const PATIENCE_MS = 10_000

/** Content hashes of suites, which Nx doesn't hand over: they are computed beside the run and come when they come. */
export class HashBoard {
  private readonly hashes = new Map<SuiteId, string>()
  private readonly waiters = new Set<() => void>()

  /** @returns those that are news */
  set(hashes: Readonly<Record<string, string>>): { suite: SuiteId; hash: string }[] {
    const news: { suite: SuiteId; hash: string }[] = []
    for (const [name, hash] of Object.entries(hashes)) {
      const suite = suiteId(name)
      if (this.hashes.get(suite) === hash) continue
      this.hashes.set(suite, hash)
      news.push({ suite, hash })
    }
    this.wake()
    return news
  }

  of(suite: SuiteId): string | undefined {
    return this.hashes.get(suite)
  }

  wake(): void {
    for (const wake of this.waiters) wake()
    this.waiters.clear()
  }

  /** Waits for hashes, for at most ten seconds: without one a suite simply runs. */
  async wait(suites: readonly SuiteId[], isStopped: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (suites.some((each) => !this.hashes.has(each)) && Date.now() < deadline && !isStopped()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now())
        this.waiters.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }
}
