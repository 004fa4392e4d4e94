import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { COVERAGE_METRICS, type CoverageTotals } from '@muster/model'
import coverageLib from 'istanbul-lib-coverage'
import { createContext } from 'istanbul-lib-report'
import { create } from 'istanbul-reports'
import { toIstanbul } from '../istanbul.ts'
import type { Coverage } from '../structure.ts'
import { coverageTotals, fileTotals } from '../totals.ts'

/** Texts of the reports for other programs, by file name. Paths in them are workspace-relative. */
export function exchangeFormats(
  root: string,
  coverage: Coverage,
): Record<'lcov.info' | 'cobertura.xml' | 'coverage-summary.json', string> {
  const coverageMap = coverageLib.createCoverageMap(
    Object.fromEntries(
      [...coverage].map(([name, file]) => {
        const absolute = path.join(root, name)
        return [absolute, toIstanbul(absolute, file)]
      }),
    ),
  )
  const dir = mkdtempSync(path.join(tmpdir(), 'muster-coverage-'))
  try {
    const context = createContext({ dir, coverageMap })
    create('lcovonly', { projectRoot: root }).execute(context)
    create('cobertura', { projectRoot: root }).execute(context)
    return {
      'lcov.info': readFileSync(path.join(dir, 'lcov.info'), 'utf8'),
      'cobertura.xml': readFileSync(path.join(dir, 'cobertura-coverage.xml'), 'utf8'),
      'coverage-summary.json': `${JSON.stringify(summary(coverage), null, 2)}\n`,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** As Istanbul's `json-summary`. */
const summary = (coverage: Coverage): Record<string, object> => ({
  total: summaryOf(coverageTotals(coverage)),
  ...Object.fromEntries([...coverage].map(([name, file]) => [name, summaryOf(fileTotals(file))])),
})

const summaryOf = (totals: CoverageTotals): Record<string, object> =>
  Object.fromEntries(
    COVERAGE_METRICS.map((metric) => {
      const { covered, total } = totals[metric]
      const pct = total === 0 ? 100 : Math.floor((10_000 * covered) / total) / 100
      return [metric, { total, covered, skipped: 0, pct }]
    }),
  )
