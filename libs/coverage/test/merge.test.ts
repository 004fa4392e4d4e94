import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { decodeCoverage, encodeCoverage } from '../src/coverage-codec.ts'
import { fromIstanbul, toIstanbul } from '../src/istanbul.ts'
import { asLines } from '../src/line-coverage.ts'
import { mergeCoverage, mergeFile } from '../src/merge-coverage.ts'
import { project } from '../src/project-coverage.ts'
import { untested, type FileCoverage } from '../src/structure.ts'
import { coverageTotals, fileTotals } from '../src/totals.ts'
import { partsOf } from './support.ts'

const whole = (parts: readonly FileCoverage[]): FileCoverage => parts.reduce(mergeFile)

describe('merging', () => {
  for (const kind of ['source', 'tool'] as const) {
    it(`of ${kind} coverage gives the same in any order and grouping`, () => {
      fc.assert(
        fc.property(partsOf(kind), fc.nat(), (parts, seed) => {
          const expected = whole(parts)
          const cut = seed % parts.length
          assert.deepEqual(whole(parts.toReversed()), expected)
          const [left, right] = [parts.slice(0, cut), parts.slice(cut)]
          if (left.length > 0) assert.deepEqual(mergeFile(whole(left), whole(right)), expected)
        }),
      )
    })
  }

  it('never changes what there is to cover, however many units saw nothing of a file', () => {
    fc.assert(
      fc.property(partsOf('source'), (parts) => {
        const [first] = parts
        const merged = fileTotals(whole([...parts, untested(first!.structure)]))
        const alone = fileTotals(first!)
        for (const metric of ['lines', 'branches', 'functions', 'statements'] as const)
          assert.equal(merged[metric].total, alone[metric].total, metric)
        assert.deepEqual(merged, fileTotals(whole(parts)))
      }),
    )
  })

  it('of lines is the union, in any order', () => {
    const lines = fc
      .array(fc.oneof(partsOf('source', 1), partsOf('tool', 1)), { minLength: 2, maxLength: 4 })
      .map((files) => files.map(([file]) => asLines(file!)))
    fc.assert(
      fc.property(lines, (parts) => {
        const [first, ...rest] = parts
        assert.deepEqual(whole(parts.toReversed()), whole(parts))
        assert.deepEqual(mergeFile(first!, whole(rest)), whole(parts))
      }),
    )
  })

  it('of two instrumenters keeps the totals of lines in any grouping', () => {
    fc.assert(
      fc.property(partsOf('tool', 2), partsOf('tool', 2), partsOf('tool', 2), (a, b, c) => {
        const totals = (files: readonly FileCoverage[]): unknown => fileTotals(whole(files)).lines
        const all = [...a, ...b, ...c]
        assert.deepEqual(totals(all.toReversed()), totals(all))
        assert.deepEqual(totals([whole(a), whole([whole(b), whole(c)])]), totals(all))
      }),
    )
  })

  it('of a structure with coarser counts keeps the structure', () => {
    fc.assert(
      fc.property(partsOf('source', 1), ([file]) => {
        const lines = asLines(file!)
        const merged = mergeFile(untested(file!.structure), lines)
        assert.equal(merged.structure, file!.structure)
        assert.deepEqual(mergeFile(lines, untested(file!.structure)), merged)
        assert.deepEqual(fileTotals(merged).lines, fileTotals(file!).lines)
      }),
    )
  })

  it('of itself by the same places gives the same counts', () => {
    const places = partsOf('source', 1).filter(([file]) =>
      [file!.structure.statements, file!.structure.functions.map(({ body }) => body)].every(
        (all) => new Set(all.map(([line, column]) => `${line}:${column}`)).size === all.length,
      ),
    )
    fc.assert(
      fc.property(places, ([file]) => {
        const { statements, functions } = project(file!, file!)
        assert.deepEqual(
          { statements, functions },
          { statements: file!.statements, functions: file!.functions },
        )
      }),
    )
  })

  it('keeps files apart, and their totals add up', () => {
    fc.assert(
      fc.property(partsOf('source', 1), partsOf('source', 1), ([a], [b]) => {
        const merged = mergeCoverage([new Map([['a.ts', a!]]), new Map([['b.ts', b!]])])
        const sum = fileTotals(a!).branches.total + fileTotals(b!).branches.total
        assert.equal(coverageTotals(merged).branches.total, sum)
      }),
    )
  })
})

describe('coverage on disk', () => {
  it('comes back as it was, and in the same bytes', () => {
    fc.assert(
      fc.property(partsOf('source', 1), ([file]) => {
        const coverage = new Map([['src/a.ts', file!]])
        const data = encodeCoverage(coverage)
        const read = decodeCoverage(data)
        assert.ok(read.ok)
        assert.deepEqual(read.value, coverage)
        assert.deepEqual(encodeCoverage(read.value), data)
      }),
    )
  })

  it('says why it can’t be read', () => {
    const data = encodeCoverage(new Map())
    for (const broken of [Buffer.from('{}'), data.subarray(0, data.length - 9)]) {
      const read = decodeCoverage(broken)
      assert.match(read.ok ? '' : read.error, /torn or not ours/)
    }
  })

  it('is understood by Istanbul and back', () => {
    fc.assert(
      fc.property(partsOf('tool', 1), ([file]) => {
        const again = fromIstanbul(toIstanbul('/a.ts', file!))
        assert.deepEqual(fileTotals(again), fileTotals(file!))
      }),
    )
  })
})
