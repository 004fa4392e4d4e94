import { measuredValues, type SuiteRecord } from '@muster/model'
import { sqlText } from '../sql-text.ts'
import type { Connection } from './connection.ts'

/** Inserts what a suite measured when it was executed and passed: a number of a failure says nothing. */
export function metricInserter(connection: Connection): (suiteRun: number, suite: SuiteRecord) => void {
  const insert = connection.prepare('insert into metric_run values (?, ?, ?, ?, ?, ?, ?)')
  return (suiteRun, { cached, status, measurement, cases }) => {
    if (cached || status !== 'passed' || measurement === undefined) return
    for (const [nth, each] of measuredValues(measurement, cases).entries()) {
      const { benchmark, metric, unit, better, value } = each
      if (!Number.isFinite(value)) continue
      insert.run([suiteRun, nth, sqlText(benchmark), sqlText(metric), sqlText(unit), better, value])
    }
  }
}
