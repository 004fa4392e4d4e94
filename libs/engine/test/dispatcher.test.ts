import assert from 'node:assert/strict'
import type { RunEvent } from '@muster/model'
import { createDispatcher } from '../src/journal/dispatcher.ts'
import { memoryJournal, RUN } from './support.ts'

describe('dispatcher', () => {
  it('numbers without gaps and never goes back in time', () => {
    const journal = memoryJournal()
    const times = [50, 40, 60]
    const dispatcher = createDispatcher(RUN, journal, { now: () => times.shift() ?? 0 }, [], 7)
    for (const message of ['a', 'b', 'c']) dispatcher.emit({ kind: 'note', level: 'info', message })
    assert.deepEqual(
      journal.events.map(({ seq, at }) => [seq, at]),
      [
        [7, 50],
        [8, 50],
        [9, 60],
      ],
    )
  })

  it('leaves out a sink that throws, says so, and spares the others', () => {
    const journal = memoryJournal()
    const seen: RunEvent[] = []
    const broken = {
      name: 'broken sink',
      accept: () => {
        throw new Error('pipe closed')
      },
    }
    const dispatcher = createDispatcher(RUN, journal, { now: () => 1 }, [
      broken,
      { name: 'good', accept: (e) => void seen.push(e) },
    ])
    dispatcher.emit({ kind: 'note', level: 'info', message: 'one' })
    dispatcher.emit({ kind: 'note', level: 'info', message: 'two' })
    const messages = journal.events.map((event) => event.kind === 'note' && event.message)
    assert.deepEqual(messages, ['one', 'broken sink gave up: pipe closed', 'two'])
    assert.equal(seen.length, 3)
  })
})
