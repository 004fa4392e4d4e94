import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { EventFiles } from '../../src/node-test/event-files.ts'
import type { EventData } from '../../src/node-test/test-event.ts'

const A = resolve('a.test.mjs')
const B = resolve('b.test.mjs')
const HELPER = resolve('helper.mjs')

/** As node 20 tells of a file; newer ones shorten the name. */
const whole = (file: string): EventData => ({ nesting: 0, name: file, file })
const inHelper: EventData = { nesting: 0, name: 'a test', file: HELPER }

describe('node:test: the file of an event', () => {
  it('is the one that runs, when the test stands in a helper', () => {
    const files = new EventFiles()
    for (const file of [A, B]) files.enqueued(whole(file))
    files.started(whole(A))
    assert.equal(files.of(inHelper), A)
    files.ended(A)
    files.started({ ...whole(B), name: 'b.test.mjs' })
    assert.equal(files.of(inHelper), B)
  })

  it('is not guessed once two have run at a time', () => {
    const files = new EventFiles()
    for (const file of [A, B]) files.enqueued(whole(file))
    for (const file of [A, B]) files.started(whole(file))
    assert.equal(files.of(inHelper), undefined)
    assert.equal(files.of({ ...inHelper, entryFile: B }), B)
    assert.equal(files.of({ ...inHelper, file: A }), A)
    files.ended(A)
    assert.equal(files.of(inHelper), undefined)
  })

  it('is where the test stands, when node runs all in one process', () => {
    assert.equal(new EventFiles().of(inHelper), HELPER)
  })

  it('is meant as a whole only by its own name', () => {
    const files = new EventFiles()
    assert.equal(files.isFile(whole(A)), A)
    assert.equal(files.isFile({ ...whole(A), name: 'a.test.mjs' }), A)
    assert.equal(files.isFile({ ...whole(A), nesting: 1 }), undefined)
    assert.equal(files.isFile({ ...whole(A), name: 'a.test.mjs', entryFile: A }), undefined)
    assert.equal(files.isFile({ ...whole(A), file: HELPER, entryFile: A }), A)
  })
})
