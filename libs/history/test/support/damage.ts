import { closeSync, copyFileSync, openSync, statSync, writeSync } from 'node:fs'
import { openHistory } from '@muster/history'
import { aCase, aRun, aSuite } from './records.ts'
import { valueOf } from './value-of.ts'

const PAGE = 4096

/** What is read when the file is opened lies before these: the header and the definitions of the tables. */
export const SCHEMA_PAGES = 26

/** A history of 30 runs, some 40 pages long, that no connection has open: the driver may keep closed ones. */
export async function filledHistory(file: string): Promise<{ readonly size: number }> {
  const original = `${file}.original`
  const store = valueOf(await openHistory({ file: original }))
  const cases = Array.from({ length: 100 }, (_, nth) => aCase(`case ${nth}`))
  for (let nth = 0; nth < 30; nth++) valueOf(await store.ingest(aRun(nth, [aSuite('a', { cases })])))
  await store.close()
  copyFileSync(original, file)
  return statSync(file)
}

/** Overwrites all pages but the first ones; the header, the schema and the length stay right. */
export function damagePages(file: string, { keepFirst }: { readonly keepFirst: number }): void {
  const length = statSync(file).size - keepFirst * PAGE
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(length, 0xee), 0, length, keepFirst * PAGE)
  closeSync(handle)
}
