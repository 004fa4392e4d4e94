import { existsSync } from 'node:fs'
import { historyFile } from '../journal/run-store.ts'
import type { NoiseOf } from './compare-values.ts'

/** Runs that are looked at. */
const RECENT = 50

/** How much whole runs of the suite's benchmarks differ on machines of this class, as its history tells; a broken history tells nothing. */
export async function noiseFloors(root: string, suite: string, machine: string): Promise<NoiseOf> {
  const file = historyFile(root)
  if (!existsSync(file)) return () => undefined
  const [{ openHistory }, { noiseFloor }] = await Promise.all([
    import('@muster/history'),
    import('@muster/baselines'),
  ])
  const opened = await openHistory({ file })
  if (!opened.ok) return () => undefined
  try {
    const found = await opened.value.metricHistory(suite, { machine, limit: RECENT })
    const series = found.ok ? found.value : []
    return ({ benchmark, metric, unit }) => {
      const own = series.find(
        (each) => each.benchmark === benchmark && each.metric === metric && each.unit === unit,
      )
      return own && noiseFloor(own.points.map(({ value }) => value))
    }
  } finally {
    await opened.value.close()
  }
}
