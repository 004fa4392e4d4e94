import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { writeReports } from '@muster/report'
import * as fc from 'fast-check'
import { embedJson } from '../src/html/embed-json.ts'
import { stableJson } from '../src/json/stable-json.ts'
import { arbitraryRecord, text } from './samples/arbitrary-record.ts'
import { readOutput, sampleRecord } from './samples/sample-record.ts'

const FILES = ['ctrf.json', 'index.html', 'junit.xml', 'run.json', 'summary.md']

describe('writeReports', () => {
  let dir = ''
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-report-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('writes the five files and nothing else', async () => {
    const outcome = await writeReports(sampleRecord(), { dir, readOutput })
    assert.deepEqual(outcome.problems, [])
    assert.deepEqual(outcome.written.map((file) => basename(file)).toSorted(), FILES)
    assert.deepEqual((await readdir(join(dir, 'latest'))).toSorted(), FILES)
    assert.deepEqual(JSON.parse(await readFile(join(dir, 'latest/run.json'), 'utf8')), sampleRecord())
  })

  it('tells which file failed, why and what to do, and writes the others', async () => {
    await mkdir(join(dir, 'latest/ctrf.json'), { recursive: true })
    const { written, problems } = await writeReports(sampleRecord(), { dir, readOutput })
    assert.equal(written.length, 4)
    assert.equal(problems.length, 1)
    assert.equal(problems[0]?.file, join(dir, 'latest/ctrf.json'))
    assert.match(problems[0]?.cause ?? '', /EISDIR/)
    assert.match(problems[0]?.remedy ?? '', /folder stands where the file should be/)
    assert.deepEqual((await readdir(join(dir, 'latest'))).toSorted(), FILES)
  })

  it('says that the folder can’t be made', async () => {
    await writeFile(join(dir, 'latest'), '')
    const { written, problems } = await writeReports(sampleRecord(), { dir, readOutput })
    assert.deepEqual(written, [])
    assert.equal(problems[0]?.file, join(dir, 'latest'))
    assert.match(problems[0]?.remedy ?? '', /file stands where the folder should be/)
  })

  it('adds SARIF for a run with security suites, and leaves none of an earlier run', async () => {
    const record = sampleRecord()
    const [first, ...others] = record.suites
    const secured = { ...record, suites: [{ ...first!, kind: 'security' as const }, ...others] }
    await writeReports(secured, { dir, readOutput })
    const sarif = JSON.parse(await readFile(join(dir, 'latest/security.sarif'), 'utf8')) as {
      version: string
    }
    assert.equal(sarif.version, '2.1.0')
    await writeReports(record, { dir, readOutput })
    assert.deepEqual((await readdir(join(dir, 'latest'))).toSorted(), FILES)
  })

  it('replaces the old report', async () => {
    await writeReports(sampleRecord(), { dir, readOutput })
    await writeReports({ ...sampleRecord(), command: 'second' }, { dir, readOutput })
    assert.match(await readFile(join(dir, 'latest/index.html'), 'utf8'), /<code>second<\/code>/)
  })

  it('survives outputs that can’t be read', async () => {
    const { problems } = await writeReports(sampleRecord(), {
      dir,
      readOutput: () => Promise.reject(new Error('gone')),
    })
    assert.deepEqual(problems, [])
    assert.match(await readFile(join(dir, 'latest/index.html'), 'utf8'), /captured output is no longer there/)
  })

  it('takes a team’s templates, and its own where theirs are broken', async () => {
    const templates = join(dir, 'templates')
    await mkdir(templates)
    await writeFile(join(templates, 'header.mustache'), '<h1>Shop: {{headline}}</h1>')
    await writeFile(join(templates, 'summary.mustache'), 'Result {{#suites}}')
    await writeFile(join(templates, 'style.css'), ':root { --accent: hotpink }')
    const { written, problems } = await writeReports(sampleRecord(), { dir, readOutput, templates })
    assert.equal(written.length, 5)
    const html = await readFile(join(dir, 'latest/index.html'), 'utf8')
    assert.match(html, /<h1>Shop: 2 of 94 tests failed/)
    assert.match(html, /--accent: hotpink/)
    assert.match(await readFile(join(dir, 'latest/summary.md'), 'utf8'), /^## ❌ Failed/)
    assert.deepEqual(
      problems.map((problem) => problem.file),
      [join(templates, 'summary.mustache')],
    )
    assert.match(problems[0]?.cause ?? '', /Unclosed section "suites"/)
  })

  it('writes any record', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecord, async (record) => {
        const { problems } = await writeReports(record, { dir, readOutput })
        assert.deepEqual(problems, [])
      }),
      { numRuns: 30 },
    )
  })
})

describe('JSON', () => {
  it('does not depend on the order in which a record was built', () => {
    fc.assert(
      fc.property(fc.dictionary(text, fc.dictionary(text, fc.jsonValue())), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        assert.equal(stableJson(reversed), stableJson(value))
        assert.deepEqual(JSON.parse(stableJson(value)), JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('begins with what identifies the run and ends with the suites', () => {
    assert.match(stableJson(sampleRecord()), /^\{"version":2,"runId":"20260131-154501-3f9a1c","workspace":/)
    assert.equal(Object.keys(JSON.parse(stableJson(sampleRecord())) as object).at(-1), 'suites')
  })

  it('can’t leave its script element', () => {
    fc.assert(
      fc.property(text, (value) => {
        assert.doesNotMatch(embedJson({ value }), /[<\u2028\u2029]/)
        assert.deepEqual(JSON.parse(embedJson({ value })), { value })
      }),
    )
  })
})
