/**
 * ingesting-child.ts <file> <first run> <runs> <moment>: ingests runs one after the other and says `begin <n>`
 * and `ack <n>` around each. At `moment` of its last run it says `inside` and stands still until it is killed:
 * a number is the test case whose result is about to be written, `suite` the first suite, `never` none.
 */
import { writeSync } from 'node:fs'
import { openHistory } from '@muster/history'
import type { RunRecord, TestCase } from '@muster/model'
import { aCase, aRun, aSuite } from './records.ts'
import { valueOf } from './value-of.ts'

const [file = '', first = '', runs = '', moment = ''] = process.argv.slice(2)

// Synchronous, so that what was said before a kill is out.
const say = (line: string): void => void writeSync(1, `${line}\n`)

const CASES_PER_SUITE = 400

function run(nth: number, at: string): RunRecord {
  const cases: TestCase[] = Array.from({ length: CASES_PER_SUITE }, (_, index) =>
    aCase(`case ${index}`, { durationMs: index % 7 }),
  )
  const stop = cases[Number(at)]
  if (stop) Object.defineProperty(stop, 'durationMs', { get: standStill })
  const suites = ['a', 'b', 'c'].map((name) => aSuite(name, { cases }))
  if (at === 'suite' && suites[0]) Object.defineProperty(suites[0], 'kind', { get: standStill })
  return aRun(nth, suites)
}

function standStill(): never {
  say('inside')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  throw new Error('unreachable')
}

const store = valueOf(await openHistory({ file }))
say('ready')
if (moment === 'go') await new Promise((resolve) => process.once('message', resolve))
const last = Number(first) + Number(runs) - 1
for (let nth = Number(first); nth <= last; nth++) {
  const record = run(nth, nth === last ? moment : 'never')
  say(`begin ${nth}`)
  valueOf(await store.ingest(record))
  say(`ack ${nth}`)
}
await store.close()
process.disconnect()
