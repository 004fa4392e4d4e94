import type { RunRecord } from '@muster/model'
import { sampleAttempt, sampleCase, sampleRun, sampleSuite, START } from './sample-record.ts'

/** Many cases in suites of 250 each; every 97th fails, every 50th is skipped. */
export function largeRecord(cases: number): RunRecord {
  const suites = Array.from({ length: Math.ceil(cases / 250) }, (_, suite) => {
    const own = Array.from({ length: Math.min(250, cases - suite * 250) }, (__, index) => {
      const number = suite * 250 + index
      const status = number % 97 === 96 ? 'failed' : number % 50 === 49 ? 'skipped' : 'passed'
      return sampleCase(`module ${suite} › feature ${index % 20} › handles input number ${number}`, {
        file: `libs/module-${suite}/test/feature-${index % 20}.test.ts`,
        status,
        durationMs: (number * 7919) % 400,
        ...(status === 'failed' && {
          error: {
            message: `expected ${number} to equal ${number + 1}`,
            expected: String(number + 1),
            actual: String(number),
          },
        }),
      })
    })
    const status = own.some((each) => each.status === 'failed') ? 'failed' : 'passed'
    const startedAt = START + Math.floor(suite / 4) * 1_100
    return sampleSuite(`unit-module-${suite}`, {
      cases: own,
      status,
      ...(status === 'failed' && { message: 'some failed' }),
      attempts: [
        sampleAttempt(`unit-module-${suite}`, { worker: suite % 4, startedAt, durationMs: 1_000, status }),
      ],
    })
  })
  return sampleRun(suites, { workers: 4, finishedAt: START + Math.ceil(suites.length / 4) * 1_100 })
}
