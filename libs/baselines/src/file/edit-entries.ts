import type { BaselineEntry, BaselineFile, EntryKey } from './baseline-file.ts'
import { entriesOf } from './entries-of.ts'

/** Puts an entry in, or in the place of the old one; the others stay as they are. */
export function updateEntry(file: BaselineFile, key: EntryKey, entry: BaselineEntry): BaselineFile {
  const { benchmark, metric, machineClass } = key
  const metrics = own(file.benchmarks, benchmark) ?? {}
  const classes = own(metrics, metric) ?? {}
  return {
    ...file,
    benchmarks: {
      ...file.benchmarks,
      [benchmark]: { ...metrics, [metric]: { ...classes, [machineClass]: entry } },
    },
  }
}

/** Leaves the entries that `keep` says yes to; a benchmark without entries goes too. */
export function pruneEntries(
  file: BaselineFile,
  keep: (key: EntryKey, entry: BaselineEntry) => boolean,
): { readonly file: BaselineFile; readonly removed: readonly EntryKey[] } {
  const entries = entriesOf(file)
  const kept = entries.filter(({ key, entry }) => keep(key, entry))
  const without: BaselineFile = { ...file, benchmarks: {} }
  return {
    file: kept.reduce((pruned, { key, entry }) => updateEntry(pruned, key, entry), without),
    removed: entries.filter((each) => !kept.includes(each)).map(({ key }) => key),
  }
}

/** "No baseline" and "only other machine classes" are answers of their own, no errors and no passes. */
export type BaselineLookup =
  | { readonly found: 'entry'; readonly entry: BaselineEntry }
  | { readonly found: 'other-machine-class'; readonly classes: readonly string[] }
  | { readonly found: 'no-baseline' }

export function findEntry(file: BaselineFile, { benchmark, metric, machineClass }: EntryKey): BaselineLookup {
  const classes = own(own(file.benchmarks, benchmark) ?? {}, metric) ?? {}
  const entry = own(classes, machineClass)
  if (entry) return { found: 'entry', entry }
  const others = Object.keys(classes)
  return others.length > 0 ? { found: 'other-machine-class', classes: others } : { found: 'no-baseline' }
}

/** Benchmarks may be called `constructor`. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined
