import { exportHistory, importHistory } from '@muster/history'
import { EXIT } from '../exit-codes.ts'
import { cannotRead, fail, withHistory } from './history-open.ts'

export const pruneHistory = ({ keep }: { readonly keep: number }): Promise<number> =>
  withHistory(async (store) => {
    const pruned = await store.prune({ keepRuns: keep })
    if (!pruned.ok) return cannotRead(pruned.error)
    console.log(`${runs(pruned.value.removed)} forgotten, for good`)
    return EXIT.passed
  })

export const exportTo = (file: string): Promise<number> =>
  withHistory(async (store) => {
    const done = await exportHistory(store, file)
    if (!done.ok) return cannotRead(done.error)
    console.log(`${runs(done.value.runs)} written to ${file}`)
    return EXIT.passed
  })

export const importFrom = (file: string): Promise<number> =>
  withHistory(async (store) => {
    const done = await importHistory(store, file)
    if (done.ok) {
      console.log(`${runs(done.value.added)} added, ${done.value.known} known already`)
      return EXIT.passed
    }
    const { type, message, fix } = done.error
    if (type === 'not-a-record') return fail(EXIT.usage, `muster: ${message}\n${fix}`)
    return cannotRead(done.error)
  })

const runs = (count: number): string => `${count} run${count === 1 ? '' : 's'}`
