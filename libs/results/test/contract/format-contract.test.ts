import assert from 'node:assert/strict'
import { caseName } from '@muster/model'
import { RESULT_FORMATS } from '@muster/model'
import { detectFormat, type ReadResults, readResults, sniffInput } from '@muster/results'
import { bytes } from '../read.ts'
import { BUILDERS } from './builders.ts'

const CASES = [
  { name: 'adds' },
  { name: 'rounds', failure: 'expected 1 but was 2' },
  { name: 'empties' },
  { name: 'añade 😀' },
]

const told = ({ cases }: ReadResults): string[] => cases.map((each) => `${each.status} ${caseName(each)}`)
const names = (result: ReadResults): (string | undefined)[] => result.cases.map(({ path }) => path.at(-1))

/** What every reader of a format must keep to. */
describe('the contract of a result format', () => {
  for (const format of RESULT_FORMATS) {
    describe(format, () => {
      const build = BUILDERS[format]
      const text = build(CASES)
      const read = (input: string): Promise<ReadResults> => readResults(format, input, { file: 'f' })

      it('is told by its content', async () => {
        assert.equal(detectFormat(text), format)
        const sniffed = await sniffInput(bytes(text, 7))
        assert.equal(sniffed.format, format)
        assert.deepEqual(told(await readResults(format, sniffed.input)), told(await read(text)))
      })

      it('reads its cases, whole and byte by byte', async () => {
        const whole = await read(text)
        assert.deepEqual(told(whole), [
          'passed group › adds',
          'failed group › rounds',
          'passed group › empties',
          'passed group › añade 😀',
        ])
        assert.deepEqual([whole.complete, whole.warnings], [true, []])
        assert.match(whole.cases[1]?.error?.message ?? '', /expected 1 but was 2/)
        assert.equal(whole.totals.suites, 1)
        assert.deepEqual(await readResults(format, bytes(text, 1), { file: 'f' }), whole)
      })

      it('reads byte order marks, UTF-16 and CRLF', async () => {
        const expected = told(await read(text))
        const inputs = [
          Buffer.from(`\uFEFF${text}`),
          Buffer.from(`\uFEFF${text}`, 'utf16le'),
          Buffer.from(text.replaceAll('\n', '\r\n')),
        ]
        for (const input of inputs) {
          const result = await readResults(format, chunksOf(input))
          assert.deepEqual([told(result), result.complete], [expected, true])
        }
      })

      it('says that there is nothing in an empty file', async () => {
        for (const empty of ['', ' \n', '\uFEFF']) {
          const { cases, complete, warnings } = await read(empty)
          assert.deepEqual([cases, complete, warnings.length > 0], [[], false, true])
        }
      })

      it('keeps the finished cases of a file that is cut off, at every byte', async function () {
        this.timeout(60_000)
        const whole = names(await read(text))
        const end = Buffer.from(text.trimEnd()).length
        for (let length = 0; length < end; length++) {
          const cut = await readResults(format, bytes(Buffer.from(text).subarray(0, length).toString(), 64))
          assert.ok(!cut.complete || sawAll(cut), `complete at byte ${length} of ${end}`)
          assert.ok(cut.complete || cut.warnings.length > 0, `not a word at byte ${length}`)
          assert.ok(cut.cases.length <= whole.length, `too many cases at byte ${length}`)
        }
        // TAP's last digit and the closing brace of an event stream's last line can be missed, not a case.
        function sawAll(cut: ReadResults): boolean {
          return cut.cases.length === whole.length
        }
      })

      it('keeps cases of one name apart', async () => {
        const twice = await read(build([{ name: 'same' }, { name: 'same', failure: 'no' }, { name: 'same' }]))
        const statuses = twice.cases.map(({ status }) => status).sort()
        // In go's events a name is all that tells who speaks; they follow each other.
        assert.deepEqual(statuses, ['failed', 'passed', 'passed'])
        assert.equal(twice.complete, true)
      })

      it('bounds texts and names', async function () {
        this.timeout(60_000)
        const long = 'x'.repeat(3_000_000)
        const { cases, complete, warnings } = await read(
          build([{ name: 'fails', failure: long }, { name: 'y'.repeat(200_000) }]),
        )
        assert.ok(cases.length === 2 || (!complete && warnings.length > 0))
        for (const { path, error } of cases) {
          assert.ok((path.at(-1) ?? '').length <= 70_000)
          assert.ok((error?.message ?? '').length + (error?.stack ?? '').length <= 80_000)
        }
      })

      it('survives nesting without end', async function () {
        this.timeout(60_000)
        const [open, close] = text.startsWith('<') ? ['<a>', '</a>'] : ['[', ']']
        for (const deep of [
          text.replace('adds', open.repeat(100_000)),
          open.repeat(100_000) + text,
          text.slice(0, text.indexOf('rounds')) + open.repeat(100_000) + close.repeat(100_000),
          '{"a":'.repeat(100_000),
          '    '.repeat(50_000) + text,
        ]) {
          const result = await read(deep)
          assert.ok(result.complete || result.warnings.length > 0)
        }
      })

      it('says so when it is given another format', async () => {
        for (const other of RESULT_FORMATS) {
          if (other === format) continue
          const { complete, warnings } = await readResults(format, BUILDERS[other](CASES))
          assert.deepEqual([complete, warnings.length > 0], [false, true], other)
        }
      })

      it('tells a source that fails', async () => {
        const { complete, warnings } = await readResults(format, failing(text.slice(0, 40)), { file: 'f' })
        assert.equal(complete, false)
        assert.ok(warnings.some(({ message }) => message.includes('disk gone')))
      })
    })
  }
})

async function* chunksOf(input: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < input.length; at += 61) yield input.subarray(at, at + 61)
}

async function* failing(head: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(head)
  throw new Error('disk gone')
}
