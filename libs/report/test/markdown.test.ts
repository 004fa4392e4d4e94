import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { renderMarkdown, SUMMARY_LIMIT } from '../src/markdown/render-markdown.ts'
import { loadTemplates } from '../src/write/load-templates.ts'
import { arbitraryRecord } from './samples/arbitrary-record.ts'
import { busyRecord } from './samples/busy-record.ts'
import { sampleCase, sampleRecord, sampleRun, sampleSuite } from './samples/sample-record.ts'
import { largeRecord } from './samples/large-record.ts'

const templates = await loadTemplates(undefined)

const wordy = (index: number) =>
  sampleCase(`case ${index}`, { status: 'failed', error: { message: '日'.repeat(9_000) } })

describe('job summary', () => {
  it('has the verdict, every suite and every failure', async () => {
    const text = await renderMarkdown(sampleRecord(), templates)
    assert.match(text, /^## ❌ Failed: 2 of 94 tests failed/)
    assert.match(
      text,
      /\n\| ↻ \| unit-search \| unit \| 12 \| 0 \| 0 \| 2\.31 s \| cached from run 20260131-134210-b01d7e \|\n/,
    )
    assert.match(
      text,
      /<details><summary>unit-cart: cart › totals › adds shipping above the limit<\/summary>\n\n```text\n/,
    )
    assert.match(text, /```diff\n[^`]*- {3}"shipping": 490,\n/)
    assert.match(text, /```sh\nnpx mocha --config suites\/e2e-browser\/\.mocharc\.json\n```/)
  })

  it('has what was flaky, in quarantine and not run', async () => {
    const text = await renderMarkdown(busyRecord(), templates)
    assert.match(text, /\n> \*\*Halted:\*\* the budget of 10 s is used up\n/)
    assert.match(text, /\| integration-cart \| .* \| 2 shards, 1 retry, 1 flaky \|\n/)
    assert.match(
      text,
      /### In quarantine\n\nThese failed and don't count\.\n\n- unit-cart: cart › clock › survives a leap second \(owner ada, until 2026-03-01: fails at midnight\): expected 60 to equal 59\n/,
    )
    assert.match(
      text,
      /### Flaky\n\n- .*ships to two places: passed on attempt 2, at first port 41873 is taken\n/,
    )
    assert.match(
      text,
      /- left out \(the budget of 10 s is used up\): load-cart, load-search, chaos-network\n/,
    )
  })

  it('gives no text of a test a meaning', async () => {
    const evil = sampleCase('a | b <b>@team #1 `x` [l](u)', {
      status: 'failed',
      error: { message: '```\n</details><script>' },
    })
    const text = await renderMarkdown(
      sampleRun([sampleSuite('s', { status: 'failed', cases: [evil] })]),
      templates,
    )
    assert.match(
      text,
      /<summary>s: a &#124; b &#60;b&#62;&#64;team &#35;1 &#96;x&#96; &#91;l&#93;\(u\)<\/summary>/,
    )
    assert.match(text, /\n````text\n```\n<\/details><script>\n````\n/)
  })

  it('stays below its limit and counts what it left out', async () => {
    const cases = Array.from({ length: 3_000 }, (_, index) => wordy(index))
    const text = await renderMarkdown(sampleRun([sampleSuite('s', { status: 'failed', cases })]), templates)
    assert.ok(Buffer.byteLength(text) <= SUMMARY_LIMIT)
    const shown = text.split('<details>').length - 1
    assert.ok(shown > 0)
    assert.match(text, new RegExp(`\\n${3_000 - shown} more failures are in the report`))
  })

  it('keeps failing suites when it leaves suites out', async () => {
    const good = Array.from({ length: 30_000 }, (_, index) => sampleSuite(`good-${index}`, { cases: [] }))
    const bad = sampleSuite('bad', { status: 'crashed', message: 'gone' })
    const text = await renderMarkdown(sampleRun([...good, bad]), templates)
    assert.match(text, /\| ❌ \| bad \|/)
    assert.match(text, /\d+ more suites are in the report/)
  })

  it('never throws, on any record', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecord,
        async (record) => (await renderMarkdown(record, templates)).length > 0,
      ),
    )
    assert.ok((await renderMarkdown(largeRecord(2_000), templates)).length > 0)
  })
})
