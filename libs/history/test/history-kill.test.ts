import { equal, ok } from 'node:assert/strict'
import { openHistory } from '@muster/history'
import { checkSound, checkWhole } from './support/check-file.ts'
import { Child } from './support/child.ts'
import { idOf } from './support/records.ts'
import { scratch, type Scratch } from './support/scratch.ts'
import { valueOf } from './support/value-of.ts'

const SCRIPT = './ingesting-child.ts'

/** Opens as if nothing had been, is sound, has every acknowledged run whole, and takes further ones. */
async function checkSurvived(file: string, acknowledged: readonly number[]): Promise<string[]> {
  const store = valueOf(await openHistory({ file }))
  const held = valueOf(await store.runs({ limit: 10_000 })).map((run) => run.runId)
  await store.close()
  checkSound(file)
  checkWhole(file)
  equal(new Set(held).size, held.length)
  for (const nth of acknowledged) ok(held.includes(idOf(nth)), `run ${nth} was acknowledged and is lost`)
  return held
}

describe('kill -9 while runs are ingested', function () {
  this.timeout(180_000)
  let folder: Scratch
  beforeEach(() => (folder = scratch()))
  afterEach(() => folder.remove())

  for (const moment of ['suite', '0', '1', '200', '399']) {
    it(`inside the transaction of a new run, at ${moment}`, async () => {
      const file = folder.path('history.db')
      const child = new Child(SCRIPT, [file, '1', '3', moment])
      await child.heard('inside')
      await child.kill()
      const held = await checkSurvived(file, [1, 2])
      equal(held.length, 2)
    })
  }

  for (const moment of ['suite', '200']) {
    it(`inside the transaction that replaces a run, at ${moment}: the old one stays`, async () => {
      const file = folder.path('history.db')
      const writer = new Child(SCRIPT, [file, '1', '2', 'never'])
      await writer.end()
      const child = new Child(SCRIPT, [file, '2', '1', moment])
      await child.heard('inside')
      await child.kill()
      const held = await checkSurvived(file, [1, 2])
      equal(held.length, 2)
    })
  }

  it('at any moment of a loop, again and again on the same file', async () => {
    const file = folder.path('history.db')
    const acknowledged: number[] = []
    const begun: number[] = []
    for (const [round, kind] of [
      'ready',
      'begin',
      'ack',
      'begin',
      'ack',
      'begin',
      'ack',
      'begin',
    ].entries()) {
      const child = new Child(SCRIPT, [file, String(round * 1000), '1000', 'never'])
      await child.heard(kind, kind === 'ready' ? 1 : 1 + round * 2)
      await child.kill()
      acknowledged.push(...child.details('ack').map(Number))
      begun.push(...child.details('begin').map(Number))
      const held = await checkSurvived(file, acknowledged)
      // What was begun and not acknowledged may be there, whole, or not; nothing else may.
      const possible = new Set(begun.map(idOf))
      ok(held.every((id) => possible.has(id)))
    }
    ok(acknowledged.length > 20)
  })
})
