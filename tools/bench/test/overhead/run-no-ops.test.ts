import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listRuns, readJournal, journalFile } from '@muster/engine'
import type { RunEvent } from '@muster/model'
import { noOpSuites } from '../../src/overhead/no-op-suites.ts'
import { PARTS, type Part } from '../../src/overhead/parts.ts'
import { runNoOps } from '../../src/overhead/run-no-ops.ts'

/** What was journaled, and how often the plan was said to be ready. */
async function journaled(
  without: readonly Part[],
): Promise<{ events: readonly RunEvent[]; planned: number }> {
  const root = await mkdtemp(join(tmpdir(), 'muster-no-ops-'))
  try {
    const broken = new Set(['no-op-3', 'no-op-17'])
    let planned = 0
    await runNoOps(root, { requests: noOpSuites(20), broken }, new Set(without), () => planned++)
    const [run] = await listRuns(root)
    const read = run && (await readJournal(journalFile(root, run)).catch(() => undefined))
    return { events: read ? read.events : [], planned }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

const verdicts = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) =>
    event.kind === 'unit-finished' && event.outcome.status !== 'passed'
      ? [`${event.unit} ${event.outcome.status}`]
      : [],
  )

describe('no-ops', () => {
  it('go through the whole engine, each to its end', async () => {
    const { events, planned } = await journaled([])
    assert.equal(events.filter(({ kind }) => kind === 'unit-finished').length, 20)
    assert.deepEqual(verdicts(events).toSorted(), ['no-op-17 failed', 'no-op-3 failed'])
    assert.equal(planned, 1)
  })

  for (const part of PARTS) {
    it(`come to their end without the ${part}`, async () => {
      const { events, planned } = await journaled([part])
      assert.equal(events.length > 0, part !== 'journal')
      assert.equal(planned, 1)
    })
  }
})
