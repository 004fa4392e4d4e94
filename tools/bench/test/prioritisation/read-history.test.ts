import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import type { History } from '../../src/prioritisation/history-builder.ts'
import { readHistory } from '../../src/prioritisation/read-history.ts'

describe('readHistory', () => {
  let dir: string
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-history-'))
  })
  after(() => rm(dir, { recursive: true }))

  async function read(content: string | Uint8Array): Promise<History> {
    const file = join(dir, 'history.csv')
    await writeFile(file, content)
    const result = await readHistory(file)
    assert.ok(result.ok, result.ok ? '' : result.error)
    return result.value
  }

  async function refusal(content: string): Promise<string> {
    const file = join(dir, 'refused.csv')
    await writeFile(file, content)
    const result = await readHistory(file)
    assert.ok(!result.ok)
    return result.error
  }

  const ROWS = 'Id;Name;BuildId;Duration;Verdict;Cycle\n1;a;2;0.5;0;1\n2;b;2;1;1;1\n3;a;1;0.25;1;1\n'
  const CYCLES = [
    { id: '1', executions: [{ test: 'a', failed: true, duration: 0.25 }] },
    {
      id: '2',
      executions: [
        { test: 'a', failed: false, duration: 0.5 },
        { test: 'b', failed: true, duration: 1 },
      ],
    },
  ]

  it('puts rows into builds, and those in the order of their numbers', async () => {
    assert.deepEqual(await read(ROWS), { cycles: CYCLES, rows: 3, warnings: [] })
  })

  it('reads gzip by content, commas, CRLF, a BOM, and columns in any order', async () => {
    assert.deepEqual((await read(gzipSync(ROWS))).cycles, CYCLES)
    const other =
      '\uFEFFverdict,NAME,Cycle,duration,LastResults\r\n1,a,1,0.25,"[1, 0]"\r\n0,a,2,0.5,\r\n1,"b",2,1,[]\r\n\r\n'
    assert.deepEqual(await read(other), { cycles: CYCLES, rows: 3, warnings: [] })
  })

  it('keeps other ids in the order of the file, and takes a missing duration column as 0', async () => {
    const { cycles } = await read('Name,Cycle,Verdict\nx,nightly-b,failed\nx,nightly-a,passed\n')
    assert.deepEqual(cycles, [
      { id: 'nightly-b', executions: [{ test: 'x', failed: true, duration: 0 }] },
      { id: 'nightly-a', executions: [{ test: 'x', failed: false, duration: 0 }] },
    ])
  })

  it('says where rows are bad, and what becomes of them', async () => {
    const bad =
      'Name;Cycle;Verdict;Duration\na;1;1;2\nb;1\nc;1;maybe;1\n"d;1;0;1\n;1;0;1\ne;1;0;-3\nf;1;0;soon\n'
    const { rows, warnings, cycles } = await read(bad)
    assert.equal(rows, 3)
    assert.deepEqual(
      cycles[0]?.executions.map(({ test, duration }) => [test, duration]),
      [
        ['a', 2],
        ['e', 0],
        ['f', 0],
      ],
    )
    assert.deepEqual(warnings, [
      'line 3 is left out: 2 fields, where 3 or more were expected',
      'line 4 is left out: the verdict "maybe" is neither 0 nor 1',
      'line 5 is left out: a quote is not closed',
      'line 6 is left out: no test name or no cycle',
      'line 7: the duration "-3" is taken as 0',
      'line 8: the duration "soon" is taken as 0',
    ])
  })

  it('bounds its warnings', async () => {
    const { warnings } = await read(`Name;Cycle;Verdict\n${'x;1\n'.repeat(50)}`)
    assert.equal(warnings.length, 21)
    assert.equal(warnings.at(-1), 'and 30 more warnings')
  })

  it('keeps what came before a torn end', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `test-${(i * 7919) % 1009};${i >> 6};${i % 2}`)
    const zipped = gzipSync(['Name;Cycle;Verdict', ...rows].join('\n'))
    const { rows: kept, warnings } = await read(zipped.subarray(0, zipped.length >> 1))
    assert.ok(kept > 1000 && kept < 20_000, `${kept} rows`)
    assert.match(
      warnings.at(-1) ?? '',
      /^the file breaks off behind line \d+ \(.+\); what came before is kept$/,
    )
  })

  it('refuses what is no history, with the reason', async () => {
    assert.match(
      await refusal('Name;Result\na;1\n'),
      /no column Verdict, BuildId or Cycle; its columns are: name, result/,
    )
    assert.equal(await refusal(''), 'the file is empty')
    const missing = await readHistory(join(dir, 'nowhere.csv'))
    assert.match(missing.ok ? '' : missing.error, /nowhere\.csv can't be read: ENOENT/)
  })

  it('never fails on any text below a header', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', '1', ';', '"', ',', '\r', '\n', ' ') })),
        (lines) => read(['Name;Cycle;Verdict', ...lines].join('\n')).then(() => undefined),
      ),
      { numRuns: 50 },
    )
  })
})
