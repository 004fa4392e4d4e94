import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Measure, Measurement, Usage } from '@muster/model'
import { readMachineClass } from '../machine/read-machine.ts'
import { watchCpus } from './cpu-clock.ts'
import { loadWarning } from './load-warning.ts'
import { readCommit } from './read-commit.ts'
import { readEnvironment } from './read-environment.ts'
import { METRICS_FILE, reportedMetrics } from './reported-metrics.ts'
import { usageMetrics } from './usage-metrics.ts'

/** Characters of what a suite may report of itself. */
const LONGEST = 1 << 24

export interface MeasuredAttempt {
  readonly measurement: Measurement
  /** For people. */
  readonly warnings: readonly string[]
}

export interface Measuring {
  /** What the unit must find in its environment. */
  readonly env: Readonly<Record<string, string>>
  finish(end: { readonly durationMs: number; readonly usage?: Usage }): Promise<MeasuredAttempt>
}

/** Begins to measure an attempt at a whole suite, from outside; nothing of it runs beside the suite. */
export function beginMeasuring(root: string, policy: Measure): Measuring {
  const dir = mkdtempSync(path.join(tmpdir(), 'muster-metrics-'))
  const file = path.join(dir, 'metrics.ndjson')
  const environment = readEnvironment()
  const busyCpus = watchCpus()
  return {
    env: { [METRICS_FILE]: file },
    async finish({ durationMs, usage }) {
      const busy = busyCpus()
      const text = readText(file)
      const reported = reportedMetrics(text.slice(0, LONGEST))
      rmSync(dir, { recursive: true, force: true })
      const own = durationMs > 0 && usage ? usage.cpuMs / durationMs : 0
      const othersCpus = busy === undefined ? null : Number(Math.max(0, busy - own).toFixed(2))
      const commit = await readCommit(root)
      const measurement: Measurement = {
        machine: readMachineClass(),
        environment,
        ...(commit !== undefined && { commit }),
        othersCpus,
        policy,
        metrics: { ...usageMetrics(policy.usage, durationMs, usage), ...reported.metrics },
      }
      return {
        measurement,
        warnings: [...cutOff(text), ...reported.problems.slice(0, 5), ...loadWarning(othersCpus)],
      }
    },
  }
}

const cutOff = ({ length }: string): readonly string[] =>
  length > LONGEST ? [`$${METRICS_FILE} has ${length} characters, of which ${LONGEST} were read`] : []

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Most suites report nothing.
    return ''
  }
}
