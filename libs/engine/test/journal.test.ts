import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { RUN_EVENT_VERSION, type RunEvent } from '@muster/model'
import { openJournal } from '../src/journal/journal-writer.ts'
import { readJournal } from '../src/journal/read-journal.ts'
import { inScratch, RUN, settle } from './support.ts'

const event = (seq: number, message = `event ${seq}`): RunEvent => ({
  v: RUN_EVENT_VERSION,
  runId: RUN,
  seq,
  at: 1000 + seq,
  kind: 'note',
  level: 'info',
  message,
})
const noTrouble = (message: string): never => assert.fail(message)

describe('journal', () => {
  it('reads back what was appended', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'deep', 'journal.ndjson')
      const journal = openJournal(file, noTrouble)
      const events = [event(0), event(1, 'line\nbreak and \u2028'), event(2)]
      for (const each of events) journal.append(each)
      await journal.close()
      assert.deepEqual(await readJournal(file), { events, damaged: 0, torn: false })
    }))

  it('tolerates any cut: what was whole is read, the torn line is counted', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'journal.ndjson')
      const whole = [0, 1, 2, 3].map((seq) => `${JSON.stringify(event(seq))}\n`)
      const bytes = Buffer.from(whole.join(''))
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length), async (cut) => {
          writeFileSync(file, bytes.subarray(0, cut))
          const { events, damaged, torn } = await readJournal(file)
          const lines = bytes.subarray(0, cut).toString().split('\n')
          const complete = lines.filter((line) => whole.includes(`${line}\n`))
          assert.equal(events.length, complete.length)
          assert.equal(damaged, 0)
          assert.equal(torn, lines.filter(Boolean).length > complete.length)
        }),
      )
    }))

  it('goes on in place of a torn line', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'journal.ndjson')
      writeFileSync(file, `${JSON.stringify(event(0))}\n{"v":1,"runId"`)
      const journal = openJournal(file, noTrouble)
      journal.append(event(1))
      await journal.close()
      const { events, damaged } = await readJournal(file)
      assert.deepEqual(
        events.map(({ seq }) => seq),
        [0, 1],
      )
      assert.equal(damaged, 0)
    }))

  it('goes on behind a last line that lacks nothing but its line break', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'journal.ndjson')
      writeFileSync(file, `${JSON.stringify(event(0, 'x'.repeat(200_000)))}\n${JSON.stringify(event(1))}`)
      const journal = openJournal(file, noTrouble)
      journal.append(event(2))
      await journal.close()
      const { events, damaged, torn } = await readJournal(file)
      assert.deepEqual([events.length, damaged, torn], [3, 0, false])
    }))

  it('passes over rubbish, other versions and numbers that were taken', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'journal.ndjson')
      appendFileSync(file, `${JSON.stringify(event(0))}\nrubbish\nnull\n`)
      appendFileSync(file, `${JSON.stringify({ ...event(1), v: 99 })}\n`)
      appendFileSync(file, `${JSON.stringify(event(0, 'again'))}\n${JSON.stringify(event(1))}\n`)
      const { events, damaged } = await readJournal(file)
      assert.deepEqual(events, [event(0), event(1)])
      assert.equal(damaged, 4)
    }))

  it('says once that it cannot be opened, and keeps the events', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'journal.ndjson')
      mkdirSync(file)
      const troubles: string[] = []
      const journal = openJournal(file, (message) => troubles.push(message))
      journal.append(event(0))
      journal.append(event(1))
      await journal.close()
      await settle()
      assert.equal(troubles.length, 1)
      assert.match(troubles[0] ?? '', /EISDIR.*can't be resumed/)
      assert.deepEqual(journal.unwritten, [event(0), event(1)])
    }))

  it('is on disk before append returns', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'journal.ndjson')
      const journal = openJournal(file, noTrouble)
      journal.append(event(0))
      assert.equal(readFileSync(file, 'utf8'), `${JSON.stringify(event(0))}\n`)
      await journal.close()
    }))
})
