import assert from 'node:assert/strict'
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { evidenceDir, suiteId, type TestCase } from '@muster/model'
import {
  addHashToEvidence,
  readEvidence,
  removeEvidence,
  writeEvidence,
} from '../src/evidence/evidence-store.ts'
import { inScratch, RUN } from './support.ts'

const cases: TestCase[] = [
  { path: ['sum', 'adds'], status: 'passed', durationMs: 1 },
  { path: ['sum', 'later'], status: 'skipped', durationMs: 0 },
]
const write = (root: string, some: readonly TestCase[] = cases) =>
  writeEvidence(root, {
    suite: suiteId('@scope/sum'),
    kind: 'unit',
    runId: RUN,
    at: 5,
    hash: null,
    durationMs: 9,
    cases: some,
  })
const read = (root: string, tests?: number) => readEvidence(root, '@scope/sum', tests)
const file = (root: string) => path.join(root, evidenceDir('@scope/sum'), 'evidence.ndjson')
const edit = (root: string, change: (text: string) => string): void =>
  writeFileSync(file(root), change(readFileSync(file(root), 'utf8')))

describe('evidence', () => {
  it('brings back the cases and where they come from', () =>
    inScratch(async (root) => {
      const evidence = write(root)
      await addHashToEvidence(root, evidence, 'h1')
      const got = await read(root, 2)
      assert.ok(got.ok)
      assert.deepEqual(got.value.cases, cases)
      assert.deepEqual(got.value.evidence, { ...evidence, hash: 'h1' })
      removeEvidence(root, '@scope/sum')
      assert.equal((await read(root)).ok, false)
    }))

  it('takes back what was believed, and makes shorter evidence in its place', () =>
    inScratch(async (root) => {
      write(root)
      removeEvidence(root, '@scope/sum')
      assert.equal((await read(root)).ok, false)
      removeEvidence(root, '@scope/sum')
      const [first] = cases
      assert.ok(first)
      write(root, [first])
      const got = await read(root)
      assert.deepEqual(got.ok && got.value.cases, [first])
    }))

  const faults: Record<string, [(root: string) => void, RegExp]> = {
    'a missing file': [(root) => rmSync(file(root)), /there is no .*evidence\.ndjson/],
    'a torn header': [(root) => truncateSync(file(root), 40), /torn or not ours/],
    'an empty file': [(root) => truncateSync(file(root), 0), /torn or not ours/],
    'missing cases': [
      (root) => edit(root, (text) => text.slice(0, text.indexOf('\n'))),
      /holds 0 test cases, its header says 2/,
    ],
    'torn cases': [
      (root) => edit(root, (text) => text.slice(0, -20)),
      /holds 1 test cases, its header says 2/,
    ],
    'cases that were touched': [
      (root) => edit(root, (text) => text.replace('adds', 'ADDS')),
      /changed after it was written/,
    ],
    'the evidence of another suite': [
      (root) => edit(root, (text) => text.replace('@scope/sum', '@scope/other')),
      /of suite @scope\/other/,
    ],
  }
  for (const [name, [breakIt, reason]] of Object.entries(faults)) {
    it(`doubts ${name}`, () =>
      inScratch(async (root) => {
        write(root)
        breakIt(root)
        const got = await read(root)
        assert.ok(!got.ok)
        assert.match(got.error, reason)
      }))
  }

  it('doubts fewer tests than were recorded for the same content', () =>
    inScratch(async (root) => {
      write(root)
      const got = await read(root, 3)
      assert.ok(!got.ok)
      assert.match(got.error, /says 2 test cases where 3 were recorded/)
    }))

  it('doubts failed test cases, which nobody should have cached', () =>
    inScratch(async (root) => {
      write(root, [{ path: ['x'], status: 'failed', durationMs: 1 }])
      const got = await read(root)
      assert.ok(!got.ok)
      assert.match(got.error, /never cached/)
    }))

  it('never believes cases other than those that were written, whatever byte changes', () =>
    inScratch(async (root) => {
      write(root)
      const original = readFileSync(file(root))
      const start = original.indexOf('\n') + 1
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: start, max: original.length - 1 }),
          fc.integer({ min: 1, max: 255 }),
          async (at, flip) => {
            const damaged = Buffer.from(original)
            damaged[at] = (damaged[at] ?? 0) ^ flip
            writeFileSync(file(root), damaged)
            assert.equal((await read(root)).ok, false)
          },
        ),
      )
    }))
})
