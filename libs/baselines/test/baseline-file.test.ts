import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  emptyBaselines,
  entriesOf,
  findEntry,
  formatBaselineProblem,
  formatBaselines,
  makeEntry,
  parseBaselines,
  pruneEntries,
  updateEntry,
  type BaselineEntry,
  type BaselineFile,
  type EntryKey,
} from '../src/index.ts'
import { samples } from './support/noise.ts'

const facts = {
  unit: 'ms',
  better: 'lower',
  recordedAt: '2026-03-01T10:00:00Z',
  commit: 'abc1234',
  environment: { cpu: 'EPYC', cores: 2, container: false },
} as const

function entryOf(values: readonly number[]): BaselineEntry {
  const entry = makeEntry({ ...facts, values })
  assert.ok(entry.ok)
  return entry.value
}

const key = (benchmark: string, machineClass = 'linux-x64-2', metric = 'duration'): EntryKey => ({
  benchmark,
  metric,
  machineClass,
})

const file = (...keys: readonly EntryKey[]): BaselineFile =>
  keys.reduce(
    (built, each, index) => updateEntry(built, each, entryOf(samples(index + 1, 8, 10))),
    emptyBaselines('core'),
  )

const text = formatBaselines(file(key('parse a file'), key('fold', 'pi'), key('fold')))

function problemsOf(broken: string): readonly string[] {
  const parsed = parseBaselines(broken)
  assert.ok(!parsed.ok, 'the file was taken')
  return parsed.error.map(
    (problem) => `${problem.kind} ${formatBaselineProblem('baselines/core.json', problem)}`,
  )
}

describe('baseline files', () => {
  it('come back as they were written', () => {
    const parsed = parseBaselines(text)
    assert.ok(parsed.ok)
    assert.equal(formatBaselines(parsed.value), text)
    assert.deepEqual(
      entriesOf(parsed.value).map(({ key: { benchmark, machineClass } }) => `${benchmark}, ${machineClass}`),
      ['fold, linux-x64-2', 'fold, pi', 'parse a file, linux-x64-2'],
    )
  })

  it('hold a line a field and six digits', () => {
    const small = updateEntry(
      emptyBaselines('core'),
      key('a "b"'),
      entryOf([1 / 3, 1234567.8, 1e-9, 5, 6, 7]),
    )
    assert.equal(
      formatBaselines(small),
      [
        '{',
        '  "version": 1,',
        '  "suite": "core",',
        '  "benchmarks": {',
        String.raw`    "a \"b\"": {`,
        '      "duration": {',
        '        "linux-x64-2": {',
        '          "unit": "ms",',
        '          "better": "lower",',
        '          "count": 6,',
        '          "median": 5.5,',
        '          "mean": 205764,',
        '          "deviation": 504009,',
        '          "interval": [1e-9, 1234570],',
        '          "samples": [0.333333, 1234570, 1e-9, 5, 6, 7],',
        '          "recordedAt": "2026-03-01T10:00:00Z",',
        '          "commit": "abc1234",',
        '          "environment": {',
        '            "container": false,',
        '            "cores": 2,',
        '            "cpu": "EPYC"',
        '          }',
        '        }',
        '      }',
        '    }',
        '  }',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('come back for any names and samples', () => {
    const name = fc.string({ minLength: 1 }).filter((each) => each !== '__proto__')
    const values = fc.array(fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }), {
      minLength: 1,
      maxLength: 120,
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name, values), { maxLength: 5 }), (entries) => {
        const built = entries.reduce(
          (into, [benchmark, machineClass, each]) =>
            updateEntry(into, key(benchmark, machineClass), entryOf(each)),
          emptyBaselines('core'),
        )
        const written = formatBaselines(built)
        const parsed = parseBaselines(written)
        assert.ok(parsed.ok, JSON.stringify(parsed))
        assert.equal(formatBaselines(parsed.value), written)
        for (const [benchmark, machineClass] of entries) {
          assert.equal(findEntry(parsed.value, key(benchmark, machineClass)).found, 'entry')
        }
      }),
    )
  })

  it('change only the lines of the entry that was measured again', () => {
    const parsed = parseBaselines(text)
    assert.ok(parsed.ok)
    const updated = formatBaselines(
      updateEntry(parsed.value, key('fold', 'pi'), entryOf(samples(9, 8, 10))),
    ).split('\n')
    const changed = text
      .split('\n')
      .flatMap((line, index) => (line === updated[index] ? [] : [line.trim().split(':')[0]]))
    assert.deepEqual(changed, ['"median"', '"mean"', '"deviation"', '"interval"', '"samples"'])
  })

  it('keep at most 100 samples, and count all', () => {
    const entry = entryOf(samples(1, 1234))
    assert.deepEqual([entry.count, entry.samples.length], [1234, 100])
  })

  it('take no entry of broken measurements', () => {
    for (const values of [[], [Number.NaN], [1, 2, 0, 4]])
      assert.equal(makeEntry({ ...facts, values }).ok, false)
    const refused = makeEntry({ ...facts, values: [1, 2, -3, 4] })
    assert.match(
      refused.ok ? '' : refused.error,
      /1 of 4 samples is no finite number above zero.* -3 at index 2.* 10 %/,
    )
  })

  it('tell no baseline from one of another machine class', () => {
    const known = file(key('fold', 'pi'))
    assert.deepEqual(findEntry(known, key('fold')), { found: 'other-machine-class', classes: ['pi'] })
    for (const each of [key('parse'), key('constructor'), key('fold', 'pi', 'memory')]) {
      assert.deepEqual(findEntry(known, each), { found: 'no-baseline' })
    }
  })

  it('are pruned of what is gone, with benchmarks that lost their last entry', () => {
    const { file: pruned, removed } = pruneEntries(
      file(key('a'), key('b'), key('b', 'pi')),
      (each) => each.benchmark !== 'a',
    )
    assert.deepEqual(removed, [key('a')])
    assert.deepEqual(Object.keys(pruned.benchmarks), ['b'])
  })

  describe('that are broken', () => {
    const line = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length
    const cases: readonly [what: string, broken: string, problem: RegExp][] = [
      ['empty', '  \n', /^syntax baselines\/core\.json:1:1 .*empty/],
      ['cut off', text.slice(0, 400), /^syntax baselines\/core\.json:\d+:\d+ .*broken JSON/],
      [
        'a comment',
        text.replace('"suite"', '// mine\n  "suite"'),
        /^syntax baselines\/core\.json:3:3 .*broken JSON/,
      ],
      ['deep', '['.repeat(100_000), /^syntax .*nested deeper than 50/],
      [
        'newer',
        text.replace('"version": 1', '"version": 2'),
        /^newer baselines\/core\.json:2:14  \$\.version .*update Muster/,
      ],
      ['no object', '[]', /^schema baselines\/core\.json:1:1/],
      [
        'a sample that is text',
        text.replace(/"samples": \[([\d.]+), [\d.]+/, '"samples": [$1, "fast"'),
        new RegExp(
          String.raw`^schema baselines/core\.json:${line('"samples"')}:\d+  \$\.benchmarks\.fold\.duration\["linux-x64-2"\]\.samples\[1\]  .*expected number`,
        ),
      ],
      ['a negative sample', text.replace('"samples": [', '"samples": [-'), /samples\[0\] .*>0/],
      [
        'an unknown field',
        text.replace('"unit"', '"colour": "red", "unit"'),
        /^schema .*\["linux-x64-2"\] .*colour/,
      ],
      [
        'a median edited by hand',
        text.replace(/"median": [\d.]+/, '"median": 3'),
        /\.median  3, but the median of the samples is .*measure again/,
      ],
      [
        'a count edited by hand',
        text.replace('"count": 8', '"count": 2'),
        /\.count  2, but there are 8 samples/,
      ],
      [
        'an entry given twice',
        text.replace('"pi"', '"linux-x64-2"'),
        /\$\.benchmarks\.fold\.duration\["linux-x64-2"\]  this name is given twice/,
      ],
    ]
    for (const [what, broken, problem] of cases) {
      it(`say where: ${what}`, () => {
        assert.notEqual(broken, text)
        assert.match(problemsOf(broken)[0] ?? '', problem)
      })
    }

    it('by a merge are called so, at each place', () => {
      const conflicted = text
        .replace('          "median"', '<<<<<<< HEAD\n          "median"')
        .replace('          "samples"', '=======\n>>>>>>> topic\n          "samples"')
      const [problem = '', ...more] = problemsOf(conflicted)
      assert.equal(more.length, 0)
      assert.match(
        problem,
        new RegExp(`^conflict baselines/core.json:${line('"median"')}:1 .*git conflict markers.*--theirs`),
      )
    })

    it('never make the parser throw', () => {
      const part = fc.tuple(fc.nat(text.length), fc.nat(40), fc.string())
      fc.assert(
        fc.property(part, ([at, cut, put]) => {
          const parsed = parseBaselines(text.slice(0, at) + put + text.slice(at + cut))
          if (!parsed.ok)
            for (const { line: each, column } of parsed.error) assert.ok(each >= 1 && column >= 1)
        }),
      )
    })
  })
})
