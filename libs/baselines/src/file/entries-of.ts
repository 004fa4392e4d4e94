import type { BaselineEntry, BaselineFile, EntryKey } from './baseline-file.ts'

/** All entries, in the file's order. */
export const entriesOf = (
  file: BaselineFile,
): readonly { readonly key: EntryKey; readonly entry: BaselineEntry }[] =>
  Object.entries(file.benchmarks).flatMap(([benchmark, metrics]) =>
    Object.entries(metrics).flatMap(([metric, classes]) =>
      Object.entries(classes).map(([machineClass, entry]) => ({
        key: { benchmark, metric, machineClass },
        entry,
      })),
    ),
  )
