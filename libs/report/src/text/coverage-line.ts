import { coveragePercent, type CoverageRecord, type CoveredOf } from '@muster/model'
import { counted } from './counted.ts'

/** `Coverage: 91.2 % of 1200 lines, 84.5 % of 300 branches in 34 files` */
export const coverageLine = (record: CoverageRecord): string => `Coverage: ${coverageWords(record)}`

export const coverageWords = ({ totals: { lines, branches }, files }: CoverageRecord): string =>
  `${part(lines, 'line')}, ${part(branches, 'branch', 'branches')} in ${counted(files, 'file')}`

const part = (of: CoveredOf, one: string, many = `${one}s`): string =>
  `${coveragePercent(of).toFixed(1)} % of ${of.total} ${of.total === 1 ? one : many}`
