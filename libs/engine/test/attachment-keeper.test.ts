import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Attachment, RunId, TestCase } from '@muster/model'
import { findOutput, readOutput } from '../src/journal/output-store.ts'
import { AttachmentKeeper } from '../src/run/attachment-keeper.ts'

const RUN = '20260131-154501-3f9a1c' as RunId

const caseWith = (...files: string[]): TestCase => ({
  path: ['shows the cart'],
  status: 'passed',
  durationMs: 1,
  attachments: files.map((file) => ({ name: file, contentType: 'text/plain', file })),
})

const kept = (keeper: AttachmentKeeper, ...files: string[]): readonly Attachment[] =>
  keeper.keep(caseWith(...files)).attachments ?? []

describe('AttachmentKeeper', () => {
  let root: string
  const warnings: string[] = []
  const keeperOf = (file: number, run: number): AttachmentKeeper =>
    new AttachmentKeeper(root, RUN, (message) => warnings.push(message), { file, run })

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'muster-keeper-'))
    mkdirSync(join(root, 'out'))
    for (const [name, size] of [
      ['small', 10],
      ['same', 10],
      ['large', 100],
    ] as const)
      writeFileSync(join(root, 'out', name), 'x'.repeat(size))
    writeFileSync(join(root, 'out/other'), 'y'.repeat(10))
    warnings.length = 0
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('keeps what the tool may take away', async () => {
    const [attachment] = kept(keeperOf(50, 50), 'out/small')
    rmSync(join(root, 'out'), { recursive: true })
    assert.equal(attachment?.kept?.runId, RUN)
    const ref = { ...attachment.kept, totalBytes: 10 }
    assert.equal((await readOutput(root, RUN, ref))?.toString(), 'x'.repeat(10))
    assert.ok(findOutput(root, RUN, ref.sha256))
    assert.equal(findOutput(root, RUN, 'f'.repeat(64)), undefined)
  })

  it('says why it keeps none: too large, gone, told already', () => {
    const keeper = keeperOf(50, 50)
    const [large, gone] = kept(keeper, 'out/large', 'out/gone')
    assert.match(large?.lost ?? '', /^it is too large to be kept/)
    assert.match(gone?.lost ?? '', /^it could not be read: ENOENT/)
    const told = keeper.keep({ ...caseWith(), attachments: [large!] })
    assert.deepEqual(told.attachments, [large])
    assert.deepEqual(warnings, [])
  })

  it('keeps so much of a run, warns once, and counts equal content once', () => {
    const keeper = keeperOf(50, 20)
    const all = kept(keeper, 'out/small', 'out/same', 'out/other', 'out/large')
    assert.deepEqual(
      all.map((each) => each.kept !== undefined),
      [true, true, true, false],
    )
    writeFileSync(join(root, 'out/small'), 'z'.repeat(10))
    const [next, last] = kept(keeper, 'out/small', 'out/small')
    assert.match(next?.lost ?? '', /had reached/)
    assert.equal(last?.kept, undefined)
    assert.equal(warnings.length, 1)
  })

  it('leaves a case without attachments as it is', () => {
    const { attachments: _, ...plain } = caseWith()
    assert.equal(keeperOf(50, 50).keep(plain), plain)
  })
})
