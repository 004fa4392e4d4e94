import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { formatDiagnostic } from '@muster/graph'
import { parseSuite } from '@muster/graph/parse'
import { makeSuite } from './make-suite.ts'

/** The complaints about these fields, without the file's name. */
const complaints = (more: object): string[] =>
  parseSuite(JSON.stringify({ name: 'a', kind: 'unit', ...more }), 's.json').diagnostics.map((each) =>
    formatDiagnostic(each).replace(/^s\.json:1:\d+ {2}\$\./, ''),
  )

describe('fields about order, resources, retries and halting', () => {
  it('are filled in as declared', () => {
    const suite = makeSuite('a', {
      requires: {
        cpus: 1.5,
        memory: '1.5GiB',
        labels: ['pi'],
        exclusive: ['port:80', 'device:gpio'],
        semaphores: { db: 2 },
        devices: ['gpio', 'can'],
      },
      limits: { memory: '512MB', cpus: 2, processes: 64 },
      flaky: { verdict: 'fail' },
      shards: 4,
      weight: 2.5,
      halt: 'run',
    })
    assert.deepEqual(suite.requires, {
      cpus: 1.5,
      memoryBytes: 1.5 * 2 ** 30,
      labels: ['pi'],
      exclusive: ['port:80', 'device:gpio', 'device:can'],
      semaphores: { db: 2 },
    })
    assert.deepEqual(suite.limits, { memoryBytes: 512e6, cpus: 2, processes: 64 })
    assert.deepEqual(suite.flaky, { verdict: 'fail', cache: false })
    assert.deepEqual([suite.shards, suite.weight, suite.halt], [4, 2.5, 'run'])
  })

  const retries: [unknown, object][] = [
    [0, { count: 0, delayMs: 1000 }],
    [3, { count: 3, delayMs: 1000 }],
    [{ count: 2 }, { count: 2, delayMs: 1000 }],
    [
      { count: 2, delay: '5s' },
      { count: 2, delayMs: 5000 },
    ],
    [
      { count: 2, delay: 250 },
      { count: 2, delayMs: 250 },
    ],
  ]
  for (const [json, filled] of retries) {
    it(`retries ${JSON.stringify(json)} are ${JSON.stringify(filled)}`, () =>
      assert.deepEqual(makeSuite('a', { retries: json }).retries, filled))
  }

  it('sizes are their number times their unit', () => {
    const unit = fc.constantFrom(['MB', 1e6], ['GB', 1e9], ['MiB', 2 ** 20], ['GiB', 2 ** 30] as const)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), unit, (number, [name, bytes]) => {
        const { requires } = makeSuite('a', { requires: { memory: `${number}${name}` } })
        assert.equal(requires.memoryBytes, number * bytes)
      }),
    )
  })

  const wrong: [object, RegExp][] = [
    [{ requires: 5 }, /^requires {2}wrong type, expected an object, found 5$/],
    [{ requires: { cpus: '2' } }, /^requires\.cpus {2}wrong type, expected a number, found "2"$/],
    [{ requires: { cpus: 0 } }, /^requires\.cpus {2}not usable, expected a number above 0, found 0$/],
    [{ requires: { cpu: 2 } }, /^requires\.cpu {2}unknown field "cpu", .* did you mean "cpus"\?$/],
    [
      { requires: { memory: '2 GB' } },
      /^requires\.memory {2}not usable, expected a size with a unit, such as "512MB" or "2GiB", found "2 GB"$/,
    ],
    [{ requires: { memory: 512 } }, /^requires\.memory {2}wrong type, expected a string, found 512$/],
    [{ requires: { memory: '0MB' } }, /expected a size above 0, found "0MB"$/],
    [{ requires: { labels: 'pi' } }, /^requires\.labels {2}wrong type, expected an array, found "pi"$/],
    [
      { requires: { exclusive: ['a b'] } },
      /^requires\.exclusive\[0\] {2}not usable, expected a name such as/,
    ],
    [
      { requires: { semaphores: { db: 0 } } },
      /^requires\.semaphores\.db {2}not usable, expected a number of at least 1, found 0$/,
    ],
    [
      { requires: { semaphores: { 'a b': 1 } } },
      /^requires\.semaphores\["a b"\] {2}not usable, expected a name such as .*, found "a b"$/,
    ],
    [{ requires: { devices: [3] } }, /^requires\.devices\[0\] {2}wrong type, expected a string, found 3$/],
    [{ limits: { memory: '1gb' } }, /^limits\.memory {2}not usable, expected a size with a unit/],
    [
      { limits: { processes: 1 } },
      /^limits\.processes {2}not usable, expected a number of at least 8, found 1$/,
    ],
    [{ limits: { memry: '1GB' } }, /^limits\.memry {2}unknown field .* did you mean "memory"\?$/],
    [{ retries: '2' }, /^retries {2}wrong type, expected one of a number, an object, found "2"$/],
    [{ retries: 1.5 }, /^retries {2}wrong type, expected one of a whole number, an object, found 1\.5$/],
    [{ retries: 11 }, /^retries {2}not usable, expected a number of at most 10, found 11$/],
    [{ retries: {} }, /^retries\.count {2}this field is missing$/],
    [{ retries: { count: 20 } }, /^retries\.count {2}not usable, expected a number of at most 10, found 20$/],
    [
      { retries: { count: 2, delya: '5s' } },
      /^retries\.delya {2}unknown field "delya", .* did you mean "delay"\?$/,
    ],
    [
      { retries: { count: 2, delay: '5 s' } },
      /^retries\.delay {2}not usable, expected a number with a unit, .*, found "5 s"$/,
    ],
    [{ flaky: { verdict: 'pas' } }, /^flaky\.verdict {2}unknown value, .*; did you mean "pass"\?$/],
    [
      { flaky: { quarantine: true } },
      /^flaky\.quarantine {2}unknown field "quarantine", expected one of "verdict", "cache"$/,
    ],
    [{ flaky: { cache: 'no' } }, /^flaky\.cache {2}wrong type, expected a boolean, found "no"$/],
    [{ shards: 0 }, /^shards {2}not usable, expected a number of at least 1, found 0$/],
    [{ shards: '4' }, /^shards {2}wrong type, expected a number, found "4"$/],
    [{ weight: 0 }, /^weight {2}not usable, expected a number above 0, found 0$/],
    [{ weight: 101 }, /^weight {2}not usable, expected a number of at most 100, found 101$/],
    [{ halt: 'dependants' }, /^halt {2}unknown value, .* did you mean "dependents"\?$/],
  ]
  for (const [more, expected] of wrong) {
    it(`of ${JSON.stringify(more)} complains once, at the place`, () => {
      const [first, ...others] = complaints(more)
      assert.match(first ?? '', expected)
      assert.deepEqual(others, [])
    })
  }
})
