import assert from 'node:assert/strict'
import { DID_NOT_RUN, type RunId, type SuiteRecord, type TestCase } from '@muster/model'
import { rerunOf } from '../src/run/last-failures.ts'

const RUN = '20260131-154501-3f9a1c' as RunId
const file = 'apps/shop/a.spec.ts'

const caseOf = (name: string, change: Partial<TestCase> = {}): TestCase => ({
  path: [name],
  file,
  status: 'passed',
  durationMs: 1,
  ...change,
})
const rerun = (...cases: TestCase[]) => rerunOf(RUN, { status: 'failed', cases } as unknown as SuiteRecord)

describe('what runs again after failures', () => {
  it('is what failed, and what did not run because of it; what was skipped on purpose is not', () => {
    const found = rerun(
      caseOf('passes'),
      caseOf('fails', { status: 'failed' }),
      caseOf('comes after it', { status: 'skipped', skipReason: DID_NOT_RUN }),
      caseOf('is for Tuesdays', { status: 'skipped', skipReason: 'not on Tuesdays' }),
    )
    assert.deepEqual(found?.part, {
      cases: [
        { path: ['fails'], file },
        { path: ['comes after it'], file },
      ],
    })
    assert.deepEqual(
      found.carried.map(({ path, notRerunFrom }) => [path[0], notRerunFrom]),
      [
        ['passes', RUN],
        ['is for Tuesdays', RUN],
      ],
    )
  })

  it('is the whole file where a hook failed', () => {
    const found = rerun(
      caseOf('passes'),
      caseOf('a.spec.ts', { status: 'failed', hook: true }),
      caseOf('is elsewhere', { file: 'apps/shop/b.spec.ts' }),
    )
    assert.deepEqual(found?.part, { files: [file] })
    assert.deepEqual(
      found.carried.map(({ path }) => path[0]),
      ['is elsewhere'],
    )
  })
})
