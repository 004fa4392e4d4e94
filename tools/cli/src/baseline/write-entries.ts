import { fewestSamples, makeEntry, updateEntry, type BaselineFile } from '@muster/baselines'
import { nameOf, UNITLESS } from '@muster/engine/baselines'
import type { MeasuredValue } from '@muster/model'
import type { SuiteMeasurement } from './measurements.ts'

export interface WrittenEntries {
  readonly file: BaselineFile
  readonly written: number
  /** How many of them have too few samples to ever tell a change by. */
  readonly few: number
  /** Values that can't be a baseline, and why. */
  readonly problems: readonly string[]
}

/** The file with what was measured in it; what isn't wanted, and other machine classes, stay as they are. */
export function writeEntries(
  before: BaselineFile,
  { suite, measurement, values }: SuiteMeasurement,
  wanted: (value: MeasuredValue) => boolean,
  { recordedAt, why }: { readonly recordedAt: string; readonly why?: string },
): WrittenEntries {
  let file = before
  let written = 0
  let few = 0
  const problems: string[] = []
  const { machine, environment, commit } = measurement
  for (const { benchmark, metric, unit, better, samples } of values.filter(wanted)) {
    const entry = makeEntry({
      values: samples,
      unit: unit || UNITLESS,
      better,
      recordedAt,
      environment,
      ...(commit !== undefined && { commit }),
      ...(why !== undefined && { why }),
    })
    if (!entry.ok) {
      problems.push(`${suite.id}: ${nameOf(benchmark)} ${metric}: ${entry.error}`)
      continue
    }
    file = updateEntry(file, { benchmark: nameOf(benchmark), metric, machineClass: machine }, entry.value)
    written++
    if (entry.value.count < fewestSamples()) few++
  }
  return { file, written, few, problems }
}
