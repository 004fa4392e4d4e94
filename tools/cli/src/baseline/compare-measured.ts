import { entriesOf, type BaselineFile } from '@muster/baselines'
import { compareValues, nameOf, noiseFloors } from '@muster/engine/baselines'
import type { ComparedSuite } from './compared-suite.ts'
import type { SuiteMeasurement } from './measurements.ts'
import { namesInWords } from './names-in-words.ts'

/** What was measured, held against one file for each suite. */
export async function compareMeasured(
  root: string,
  all: readonly SuiteMeasurement[],
  fileOf: (suite: string) => BaselineFile,
): Promise<readonly ComparedSuite[]> {
  return Promise.all(
    all.map(async (measured) => {
      const { suite, measurement, values } = measured
      const { machine } = measurement
      const noiseOf = await noiseFloors(root, suite.id, machine)
      const compared = compareValues(values, fileOf(suite.id), { machine, policy: suite.measure, noiseOf })
      return { measured, compared }
    }),
  )
}

/** Of each suite whose baseline knows more than was measured, a line: a benchmark that is gone can't be slower. */
export function goneBaselines(
  all: readonly SuiteMeasurement[],
  fileOf: (suite: string) => BaselineFile,
): readonly string[] {
  return all.flatMap(({ suite, measurement, values }) => {
    const measured = new Set(values.map(({ benchmark, metric }) => `${nameOf(benchmark)} (${metric})`))
    const gone = entriesOf(fileOf(suite.id))
      .filter(({ key }) => key.machineClass === measurement.machine)
      .map(({ key }) => `${key.benchmark} (${key.metric})`)
      .filter((name) => !measured.has(name))
    if (gone.length === 0) return []
    return [
      `${suite.id}: not measured any more, though there is a baseline: ${namesInWords(gone)}. If that is meant: npx muster baseline prune ${suite.id}`,
    ]
  })
}
