import type { Outcome } from '@muster/model'

/** What an attempt may use at most; what isn't here has no limit. */
export interface Limits {
  readonly memoryBytes?: number
  /** Cores; may be a fraction. More is not refused, it is slowed down. */
  readonly cpus?: number
  /** Processes and threads together, as the kernel counts; a node process has about a dozen. */
  readonly processes?: number
}

/** `512 MiB`; for messages. */
function mebibytes(bytes: number): string {
  const value = bytes / 2 ** 20
  return `${value < 10 && value % 1 !== 0 ? value.toFixed(1) : Math.round(value)} MiB`
}

/** How an attempt ends that exceeded its limit, whoever killed it. */
export const memoryCrash = (limitBytes: number): Outcome => ({
  status: 'crashed',
  message: `killed: used more memory than its limit of ${mebibytes(limitBytes)}`,
  exitCode: null,
  signal: 'SIGKILL',
})

/** From here on a crash is likely to have to do with the limit. */
const NEAR = 0.8

/** Says so when a crash came near the limit: runtimes such as node size their heap by it, and give up before it. */
export function nearLimit(
  crashed: Outcome & { readonly status: 'crashed' },
  peakBytes: number,
  limitBytes: number,
): Outcome {
  if (peakBytes < NEAR * limitBytes) return crashed
  const use = `it used ${mebibytes(peakBytes)} of its limit of ${mebibytes(limitBytes)}`
  return { ...crashed, message: `${crashed.message}; ${use}` }
}

const NAMES: Readonly<Record<keyof Limits, string>> = {
  memoryBytes: 'memory',
  cpus: 'cpus',
  processes: 'processes',
}

/** A note, for people. */
export const unenforcedNote = (names: readonly (keyof Limits)[]): string =>
  `limits of ${names.map((name) => NAMES[name]).join(' and ')} can't be enforced here: this machine lets us make no cgroup for it`
