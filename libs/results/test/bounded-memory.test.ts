import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { readResults, streamResults } from '@muster/results'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapUsed(): number {
  collect()
  return process.memoryUsage().heapUsed
}

async function* junit(cases: number, output: string): AsyncGenerator<string> {
  yield '<testsuites><testsuite name="a suite of some length">'
  let text = ''
  for (let at = 0; at < cases; at++) {
    text += `<testcase classname="a.class.of.some.length" name="case number ${at} of many" time="0.001">`
    text += `<system-out>${output}</system-out></testcase>`
    if (text.length < 65_536) continue
    yield text
    text = ''
  }
  yield `${text}</testsuite></testsuites>`
}

async function* goEvents(tests: number): AsyncGenerator<string> {
  for (let at = 0; at < tests; at++) {
    const test = { Package: 'example.com/shop', Test: `TestNumber${at}OfMany` }
    for (const Action of ['run', 'output', 'pass']) {
      yield `${JSON.stringify({ Action, ...test, Elapsed: 0.01, Output: 'a line of output of some length\n' })}\n`
    }
  }
  yield '{"Action":"pass","Package":"example.com/shop"}\n'
}

describe('memory', () => {
  it('reads 200,000 cases', async function () {
    this.timeout(60_000)
    const { cases, complete } = await readResults('junit', junit(200_000, ''))
    assert.deepEqual([cases.length, complete], [200_000, true])
    assert.equal(cases.at(-1)?.path.at(-1), 'case number 199999 of many')
  })

  // The cases are a few megabytes; a name that is a slice of its chunk would keep all 160.
  it('keeps the cases and not the text they came from', async function () {
    this.timeout(60_000)
    const output = 'x'.repeat(8000)
    const before = heapUsed()
    const { cases } = await readResults('junit', junit(20_000, output))
    const grown = heapUsed() - before
    assert.equal(cases.length, 20_000)
    assert.ok(grown < 40e6, `grew by ${Math.round(grown / 1e6)} MB`)
  })

  for (const format of ['junit', 'go-json'] as const) {
    it(`keeps no case that it has handed on: ${format}`, async function () {
      this.timeout(60_000)
      const before = heapUsed()
      let most = 0
      let cases = 0
      const source = format === 'junit' ? junit(100_000, '') : goEvents(100_000)
      const { totals } = await streamResults(format, source, {}, () => {
        if (++cases % 25_000 === 0) most = Math.max(most, heapUsed() - before)
      })
      assert.deepEqual([totals.tests, cases], [100_000, 100_000])
      assert.ok(most < 15e6, `grew by ${Math.round(most / 1e6)} MB`)
    })
  }

  it('keeps nothing of one endless text', async function () {
    this.timeout(60_000)
    const before = heapUsed()
    let most = 0
    async function* endless(): AsyncGenerator<string> {
      yield '<testsuite><system-out>'
      const piece = 'log line\n'.repeat(7000)
      for (let at = 0; at < 1500; at++) {
        yield piece
        if (at % 300 === 299) most = Math.max(most, heapUsed() - before)
      }
      yield '</system-out><testcase name="last"/></testsuite>'
    }
    const { cases } = await readResults('junit', endless())
    assert.equal(cases.length, 1)
    assert.ok(most < 40e6, `grew by ${Math.round(most / 1e6)} MB`)
  })
})
