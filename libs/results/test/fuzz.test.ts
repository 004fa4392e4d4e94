import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import * as fc from 'fast-check'
import { type ResultFormat, RESULT_FORMATS } from '@muster/model'
import { type ReadResults, readResults } from '@muster/results'
import { bytes, fixture } from './read.ts'

const FORMAT: readonly (readonly [RegExp, ResultFormat])[] = [
  [/^nunit/, 'nunit'],
  [/^xunit/, 'xunit'],
  [/\.trx$/, 'trx'],
  [/\.xml$/, 'junit'],
  [/\.tap$/, 'tap'],
  [/\.ctrf\.json$/, 'ctrf'],
  [/^(?:jest|vitest).*\.json$/, 'jest-json'],
  [/^mocha.*\.json$/, 'mocha-json'],
  [/^pytest.*\.json$/, 'pytest-json'],
  [/^go/, 'go-json'],
  [/^dart/, 'dart-json'],
]
const SHARDS = [
  '<',
  '>',
  '"',
  '&',
  ';',
  ']]>',
  '<![CDATA[',
  '<!--',
  '<?',
  '</',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '    ',
  '  ---\n',
  '  ...\n',
  '# Subtest: x\n',
  'not ok',
  '1..9\n',
  'Bail out!\n',
  '\0',
  '\ud800',
  '\uFEFF',
  '<testcase name="n">',
]

/** Where, how much to take out, what to put in. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(40),
  insert: fc.oneof(fc.constantFrom(...SHARDS), fc.string({ unit: 'binary', maxLength: 8 })),
})

const mutate = (text: string, changes: readonly { at: number; remove: number; insert: string }[]): string =>
  changes.reduce((now, { at, remove, insert }) => {
    const start = Math.floor(at * now.length)
    return now.slice(0, start) + insert + now.slice(start + remove)
  }, text)

/** Without the warnings: past the place where a file is given up, a longer chunk may still tell something. */
const comparable = ({ cases, complete, declared }: ReadResults): unknown => ({ cases, complete, declared })

describe('mutated result files', () => {
  for (const name of readdirSync(new URL('fixtures', import.meta.url))) {
    const format = FORMAT.find(([pattern]) => pattern.test(name))?.[1]
    if (!format) continue
    it(`never make the reader fail: ${name}`, async () => {
      const text = await fixture(name)
      await fc.assert(
        fc.asyncProperty(
          fc.array(mutation, { minLength: 1, maxLength: 6 }),
          fc.integer({ min: 1, max: 500 }),
          async (changes, size) => {
            const mutated = mutate(text, changes)
            const whole = await readResults(format, mutated)
            assert.ok(whole.complete || whole.warnings.length > 0, 'incomplete without a word')
            // How the stream was cut must make no difference.
            const cut = await readResults(format, bytes(mutated, size))
            assert.deepEqual(comparable(cut), comparable(whole))
          },
        ),
        { numRuns: 40 },
      )
    })
    it(`never make the reader fail in any format: ${name}`, async () => {
      const text = await fixture(name)
      for (const other of RESULT_FORMATS) {
        const result = await readResults(other, text)
        assert.ok(other === format || (!result.complete && result.warnings.length > 0))
      }
    })
  }
})
