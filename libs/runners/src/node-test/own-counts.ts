import type { RunnerCounts } from '../runner.ts'

const WORDS = {
  pass: 'passed',
  fail: 'failed',
  cancelled: 'failed',
  skipped: 'skipped',
  todo: 'skipped',
} as const

/** Node's closing words (`tests 3`, `pass 2`, …), of which each comes alone. What was cancelled didn't pass. */
export class OwnCounts {
  private readonly counts = { passed: 0, failed: 0, skipped: 0 }
  private complete = false

  /** @param message a diagnostic that belongs to no file */
  accept(message: string): void {
    const [, word, number] = /^(\w+) (\d+)$/.exec(message) ?? []
    if (word === 'tests') this.complete = true
    if (word !== undefined && word in WORDS) this.counts[WORDS[word as keyof typeof WORDS]] += Number(number)
  }

  /** @returns undefined if node never came to its end */
  read(): RunnerCounts | undefined {
    return this.complete ? this.counts : undefined
  }
}
