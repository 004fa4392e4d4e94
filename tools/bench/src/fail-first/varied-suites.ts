import { TRACE } from '../bench-workspace.ts'
import { WORK_MODULE, WORK_TEXT } from '../giant/work-module.ts'

/** Names of the suites that fail now, as a JSON array. No suite's own file: nothing about the change says whom it breaks. */
export const BROKEN_FILE = 'broken.json'

/** Stands in the message of every failure, and nowhere else. */
export const FAILURE_MARK = 'BENCH-FAILURE'

/** 40 to 800 ms of tests, the long ones spread over the names. */
const lengthMs = (index: number): number => Math.round(40 * 1.08 ** ((index * 17) % 40))

/** Half of each suite's time is waiting, half computing; only then it fails or passes. */
export function variedFiles(suites: readonly string[]): Record<string, string> {
  const files: Record<string, string> = { [WORK_MODULE]: WORK_TEXT, [BROKEN_FILE]: '[]\n' }
  suites.forEach((suite, index) => {
    files[`packages/${suite}/${suite}.test.js`] = specOf(suite, lengthMs(index) / 2)
  })
  return files
}

const specOf = (suite: string, ms: number): string => `import assert from 'node:assert/strict'
import { appendFileSync, readFileSync } from 'node:fs'
import { compute, wait } from '../../${WORK_MODULE}'

if (process.env.${TRACE}) appendFileSync(process.env.${TRACE}, \`${suite} \${Date.now()}\\n\`)
const broken = JSON.parse(readFileSync(new URL('../../${BROKEN_FILE}', import.meta.url), 'utf8'))

describe('${suite}', function () {
  this.timeout(60_000)
  it('waits', () => wait(${ms}))
  it('computes', () => void compute(${ms}))
  it('holds', () => assert.ok(!broken.includes('${suite}'), '${FAILURE_MARK}'))
})
`
