/**
 * recovering-child.ts <file> <run>: opens a damaged history, says `problem <type>`, and on a message recovers
 * it, says `moved` or `sound`, and ingests its run.
 */
import { writeSync } from 'node:fs'
import { openHistory, recoverHistory } from '@muster/history'
import { aRun, aSuite } from './records.ts'
import { errorOf, valueOf } from './value-of.ts'

const [file = '', run = ''] = process.argv.slice(2)
const problem = errorOf(await openHistory({ file }))
writeSync(1, `problem ${problem.type}\n`)
await new Promise((resolve) => process.once('message', resolve))
const { store, movedTo } = valueOf(await recoverHistory(file))
valueOf(await store.ingest(aRun(Number(run), [aSuite('a')])))
await store.close()
writeSync(1, movedTo === null ? 'sound\n' : 'moved\n')
process.disconnect()
