// Prints suites that did not pass and, as its last line, the test cases of a run: "N passed, N failed".
//
//   node tools/scripts/counts.mjs [run.json]
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lib/workspace.mjs'

const path = process.argv[2] ?? join(ROOT, 'reports/latest/run.json')
const record = read()
for (const { name, status, message } of record?.suites ?? []) {
  if (status !== 'passed') console.log(`${name}: ${status}${message ? `, ${message}` : ''}`)
}
if (!record) console.log('no run record: the test run did not get that far')
console.log(`${record?.totals.passed ?? 0} passed, ${record?.totals.failed ?? 0} failed`)

function read() {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
