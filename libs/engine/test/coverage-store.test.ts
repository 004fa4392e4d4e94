import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { COVERAGE_FILE, evidenceDir, NO_COVERAGE, runId, suiteId } from '@muster/model'
import { withCoverage } from '../src/evidence/coverage-store.ts'
import {
  readEvidence,
  removeEvidence,
  writeEvidence,
  type NewEvidence,
} from '../src/evidence/evidence-store.ts'

const RUN = runId(new Date('2026-01-01T00:00:00Z'), 'aaaaaa')
const DATA = Buffer.from('as it was encoded')
const SUMMARY = { totals: NO_COVERAGE, projects: [{ name: 'lib', root: 'libs/lib' }] }

const pass = (coverage?: NewEvidence['coverage']): NewEvidence => ({
  suite: suiteId('@x/a'),
  kind: 'unit',
  runId: RUN,
  at: 5,
  hash: 'h',
  durationMs: 1,
  cases: [{ path: ['one'], status: 'passed', durationMs: 1 }],
  ...(coverage !== undefined && { coverage }),
})

/** What a run that wants coverage gets from evidence: the coverage, or why it isn't believed. */
async function asked(root: string): Promise<string | undefined> {
  const read = await readEvidence(root, '@x/a')
  assert.ok(read.ok)
  const whole = await withCoverage(root, read.value)
  return whole.ok ? whole.value.coverage?.toString() : whole.error
}

describe('the coverage in evidence', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'muster-coverage-store-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('comes back with it', async () => {
    writeEvidence(root, pass({ summary: SUMMARY, data: DATA }))
    assert.equal(await asked(root), DATA.toString())
  })

  it('is none of a suite that collects none', async () => {
    writeEvidence(root, pass())
    assert.equal(await asked(root), undefined)
  })

  it('is missed where the run was told not to collect it', async () => {
    writeEvidence(root, pass(null))
    assert.equal(await asked(root), 'it was run without coverage')
  })

  it('is not believed when it is gone or touched', async () => {
    writeEvidence(root, pass({ summary: SUMMARY, data: DATA }))
    const file = path.join(root, evidenceDir('@x/a'), COVERAGE_FILE)
    writeFileSync(file, 'more than was covered')
    assert.match((await asked(root)) ?? '', /was changed after it was written/)
    rmSync(file)
    assert.match((await asked(root)) ?? '', /^there is no \.muster\/evidence\/@x__a\/coverage\.json\.gz$/)
  })

  it('goes with the evidence', async () => {
    writeEvidence(root, pass({ summary: SUMMARY, data: DATA }))
    removeEvidence(root, '@x/a')
    writeEvidence(root, pass())
    assert.equal(await asked(root), undefined)
  })
})
