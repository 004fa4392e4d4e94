import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { compactMemory, openMemory, type Remembered } from '../src/evidence/suite-memory.ts'
import { inScratch } from './support.ts'

const log = (root: string): string => path.join(root, '.muster/memory.ndjson')

function writeLog(root: string, lines: readonly (string | Remembered)[]): void {
  mkdirSync(path.dirname(log(root)), { recursive: true })
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  writeFileSync(log(root), `${text.join('\n')}\n`)
}

describe('suite memory', () => {
  it('brings back what was learned', () =>
    inScratch((root) => {
      const memory = openMemory(root)
      memory.remember({
        suite: 'a',
        at: 1000,
        passed: true,
        machine: 'm',
        durationMs: 30.04,
        cpuMs: 20,
        busy: 1.5,
        peakBytes: 7e6,
        averageCpus: 0.7,
        files: { 'a.test.ts': 10, 'b.test.ts': 20 },
        hash: 'h',
        tests: 7,
      })
      memory.remember({ suite: 'b', needsProcess: 'chdir', whole: 'files depend on each other' })
      for (const each of [memory, openMemory(root)]) {
        assert.deepEqual(each.of('a'), {
          samples: [{ durationMs: 30, at: 1000, machine: 'm', cpuMs: 20, busy: 1.5 }],
          results: [{ at: 1000, failed: false }],
          files: new Map([
            ['a.test.ts', [10]],
            ['b.test.ts', [20]],
          ]),
          peakBytes: [7e6],
          averageCpus: [0.7],
          testsByHash: new Map([['h', 7]]),
        })
        assert.equal(each.of('b').needsProcess, 'chdir')
        assert.equal(each.of('b').whole, 'files depend on each other')
        assert.deepEqual(each.of('unheard of').samples, [])
      }
    }))

  it('reads lines of before: a bare duration is a pass on this machine', () =>
    inScratch((root) => {
      writeLog(root, [{ suite: 'a', durationMs: 5, hash: 'h', tests: 2 }])
      const { samples, results, testsByHash } = openMemory(root).of('a')
      assert.deepEqual(samples, [{ durationMs: 5 }])
      assert.deepEqual(results, [])
      assert.equal(testsByHash.get('h'), 2)
    }))

  it('takes a failed run for a result, not for a duration', () =>
    inScratch((root) => {
      const memory = openMemory(root)
      memory.remember({ suite: 'a', at: 1, passed: true, durationMs: 10 })
      memory.remember({
        suite: 'a',
        at: 2,
        passed: false,
        durationMs: 99,
        peakBytes: 5,
        failedFiles: ['x.test.ts'],
      })
      const { samples, results, peakBytes } = memory.of('a')
      assert.deepEqual(
        samples.map(({ durationMs }) => durationMs),
        [10],
      )
      assert.deepEqual(results, [
        { at: 1, failed: false },
        { at: 2, failed: true, failedFiles: ['x.test.ts'] },
      ])
      assert.deepEqual(peakBytes, [5])
    }))

  it('keeps the newest: 20 durations, 50 results, 8 of a file', () =>
    inScratch((root) => {
      const memory = openMemory(root)
      for (let at = 1; at <= 60; at++) {
        memory.remember({ suite: 'a', at, passed: true, durationMs: at, files: { f: at } })
      }
      const { samples, results, files } = memory.of('a')
      assert.deepEqual([samples.length, samples[0]?.at, samples.at(-1)?.at], [20, 41, 60])
      assert.deepEqual([results.length, results[0]?.at], [50, 11])
      assert.deepEqual(files.get('f'), [53, 54, 55, 56, 57, 58, 59, 60])
    }))

  it('forgets a file that three passes in a row did not have, and no earlier', () =>
    inScratch((root) => {
      const memory = openMemory(root)
      const pass = (...names: string[]): void =>
        memory.remember({
          suite: 'a',
          passed: true,
          files: Object.fromEntries(names.map((name) => [name, 1])),
        })
      pass('stays', 'goes')
      pass('stays')
      pass('stays')
      pass('stays', 'goes')
      pass('stays')
      pass('stays')
      memory.remember({ suite: 'a', passed: false, files: { stays: 1 } })
      assert.deepEqual([...memory.of('a').files.keys()], ['stays', 'goes'])
      pass('stays')
      assert.deepEqual([...memory.of('a').files.keys()], ['stays'])
    }))

  it('gives out memories that stay as they are', () =>
    inScratch((root) => {
      const memory = openMemory(root)
      memory.remember({ suite: 'a', durationMs: 1, files: { f: 1 } })
      const before = memory.of('a')
      const copy = structuredClone(before)
      memory.remember({ suite: 'a', durationMs: 2, files: { f: 2 } })
      assert.deepEqual(before, copy)
      assert.equal(memory.of('a').samples.length, 2)
    }))

  it('passes over damage, in lines and in fields', () =>
    inScratch((root) => {
      writeLog(root, [
        'rubbish',
        'null',
        '{"suite":7}',
        '{"suite":"a","durationMs":5}',
        '{"suite":"a","durationMs":"long","files":["x"],"passed":"yes","peakBytes":-1,"whole":{}}',
        '{"suite":"a","failedFiles":[1],"passed":false,"files":null}',
        '{"suite":"b","folded":{"samples":[[3],["x"],7],"results":[[1,2],[5,1,"f"]],"files":{"f":[1],"g":"x"},"peakBytes":"no","tests":[["h",1],[2]]}}',
        '{"suite":"c","folded":"torn"}',
        '{"suite":"a","dur',
      ])
      const memory = openMemory(root)
      assert.deepEqual(memory.of('a').samples, [{ durationMs: 5 }])
      assert.deepEqual(memory.of('a').results, [{ at: 0, failed: true }])
      assert.equal(memory.of('a').whole, undefined)
      assert.deepEqual(memory.of('b').samples, [{ durationMs: 3 }])
      assert.deepEqual(memory.of('b').results, [{ at: 5, failed: true, failedFiles: ['f'] }])
      assert.deepEqual(memory.of('b').files, new Map([['f', [1]]]))
      assert.deepEqual(memory.of('b').testsByHash, new Map([['h', 1]]))
      assert.deepEqual(memory.of('c').samples, [])
    }))

  it('knows which suites it knows, whatever their names', () =>
    inScratch((root) => {
      const names = ['a', 'with "quotes"', 'back\\slash', 'ünï', '__proto__', '']
      const memory = openMemory(root)
      for (const suite of names) memory.remember({ durationMs: 3, suite })
      const again = openMemory(root)
      assert.deepEqual([...again.suites()].sort(), names.toSorted())
      for (const suite of names) assert.equal(again.of(suite).samples[0]?.durationMs, 3, suite)
    }))
})

const amount = fc.double({ min: 0, max: 1e9, noNaN: true })
const remembered: fc.Arbitrary<Remembered> = fc.record(
  {
    suite: fc.constantFrom('a', 'b', '__proto__'),
    at: fc.nat(),
    passed: fc.boolean(),
    machine: fc.constantFrom('m', 'n'),
    durationMs: amount,
    cpuMs: amount,
    busy: amount,
    peakBytes: amount,
    averageCpus: amount,
    files: fc.dictionary(fc.constantFrom('f', 'g', 'h', '__proto__'), amount),
    failedFiles: fc.array(fc.constantFrom('f', 'g')),
    whole: fc.string(),
    needsProcess: fc.string(),
    hash: fc.constantFrom('1', '2', '3'),
    tests: fc.nat(),
  },
  { requiredKeys: ['suite'] },
)

describe('compaction of the suite memory', () => {
  it('changes nothing that is known, whatever was learned, and what comes later is learned as before', () =>
    inScratch((root) => {
      const property = fc.property(
        fc.array(remembered, { maxLength: 40 }),
        fc.array(remembered, { maxLength: 10 }),
        (before, after) => {
          // Enough lines to be crowded: the bound is per suite.
          const lines = Array.from({ length: 60 }, () => before).flat()
          writeLog(root, [...lines, ...after])
          const plain = openMemory(root)
          writeLog(root, lines)
          compactMemory(root)
          if (before.length > 0) assert.ok(readFileSync(log(root), 'utf8').includes('"folded"'))
          for (const entry of after) appendFileSync(log(root), `${JSON.stringify(entry)}\n`)
          const compacted = openMemory(root)
          for (const suite of plain.suites()) assert.deepEqual(compacted.of(suite), plain.of(suite))
        },
      )
      fc.assert(property, { numRuns: 40 })
    }))

  it('leaves a short log alone', () =>
    inScratch((root) => {
      const memory = openMemory(root)
      for (let at = 0; at < 50; at++) memory.remember({ suite: 'a', at, durationMs: 1 })
      const before = readFileSync(log(root), 'utf8')
      compactMemory(root)
      assert.equal(readFileSync(log(root), 'utf8'), before)
    }))

  it('keeps the log bounded, run after run', () =>
    inScratch((root) => {
      const files = Object.fromEntries(
        Array.from({ length: 100 }, (_, index) => [`some/file-${index}`, index]),
      )
      let largest = 0
      for (let run = 0; run < 200; run++) {
        const line = { suite: 'a', at: run, passed: true, durationMs: run, hash: `h${run}`, tests: 1, files }
        writeFileSync(madeLog(root), `${JSON.stringify(line)}\n`.repeat(10), { flag: 'a' })
        compactMemory(root)
        largest = Math.max(largest, statSync(log(root)).size)
      }
      assert.ok(largest < 120_000, `${largest} bytes`)
    }))

  it('costs nothing but speed when the disk refuses', () =>
    inScratch((root) => {
      writeFileSync(path.join(root, '.muster'), 'in the way')
      const memory = openMemory(root)
      memory.remember({ suite: 'a', durationMs: 4 })
      compactMemory(root)
      assert.equal(memory.of('a').samples[0]?.durationMs, 4)
      assert.deepEqual(openMemory(root).of('a').samples, [])
    }))
})

/** The log, in a folder that is there. */
function madeLog(root: string): string {
  mkdirSync(path.dirname(log(root)), { recursive: true })
  return log(root)
}
