/** opening-child.ts <file>: opens the history and says `opened`, or `problem <type>`. */
import { writeSync } from 'node:fs'
import { openHistory } from '@muster/history'

const opened = await openHistory({ file: process.argv[2] ?? '' })
writeSync(1, opened.ok ? 'opened\n' : `problem ${opened.error.type}\n`)
if (opened.ok) await opened.value.close()
process.disconnect()
