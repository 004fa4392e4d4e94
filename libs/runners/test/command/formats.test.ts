import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { countCases, RESULT_FORMATS, type ResultFormat, type ResultSource } from '@muster/model'
import { collectResults, judgeCommand, RUNNERS, type CommandProgram } from '../../src/index.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'

const SAMPLES = fileURLToPath(new URL('../../../results/test/fixtures', import.meta.url))

/** What a tool has written, and what is in it. Each has failures, which its command tells by its exit code. */
const WRITTEN: Readonly<
  Record<ResultFormat, { readonly sample: string; readonly tests: number; readonly failed: number }>
> = {
  junit: { sample: 'surefire.xml', tests: 4, failed: 1 },
  trx: { sample: 'vstest-17.trx', tests: 6, failed: 2 },
  nunit: { sample: 'nunit-3.xml', tests: 5, failed: 2 },
  xunit: { sample: 'xunit-2.xml', tests: 5, failed: 2 },
  ctrf: { sample: 'playwright.ctrf.json', tests: 5, failed: 1 },
  'go-json': { sample: 'go-1.19.ndjson', tests: 10, failed: 4 },
  'dart-json': { sample: 'dart-1.25.ndjson', tests: 5, failed: 2 },
  'jest-json': { sample: 'jest-30.json', tests: 6, failed: 2 },
  'mocha-json': { sample: 'mocha-12.json', tests: 8, failed: 2 },
  'pytest-json': { sample: 'pytest-json-report-1.5.json', tests: 7, failed: 3 },
  tap: { sample: 'node-test.tap', tests: 4, failed: 1 },
}

describe('formats of a command', () => {
  let root = ''
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'command-formats-'))
    await mkdir(join(root, 'a'))
  })
  after(() => rm(root, { recursive: true }))

  const prepare = async (results: ResultSource): Promise<CommandProgram> => {
    const runner = { name: 'command', command: 'make check', results } as const
    const prepared = await RUNNERS.command.prepare(suiteAt('a', runner), { ...CONTEXT, root })
    assert.ok(prepared.ok && prepared.value.type === 'command')
    return prepared.value
  }

  for (const format of RESULT_FORMATS) {
    const { sample, tests, failed } = WRITTEN[format]
    it(`${format}: from a file and from stdout alike, and no pass when it is cut off`, async () => {
      const text = await readFile(join(SAMPLES, sample), 'utf8')
      const exit = { code: failed > 0 ? 1 : 0, signal: null }
      const output = { exit, root, durationMs: 1 }
      await cp(join(SAMPLES, sample), join(root, 'a', sample))
      const file = await prepare({ format, from: 'file', path: sample })
      const stream = await prepare({ format, from: 'stdout' })
      const fromFile = await collectResults(file, { ...output, stdout: '' })
      const fromStdout = await collectResults(stream, { ...output, stdout: text })
      assert.deepEqual(fromFile.cases, fromStdout.cases)
      assert.deepEqual([fromFile.complete, fromStdout.complete], [true, true], fromFile.warnings.join('\n'))
      const cases = countCases(fromFile.cases)
      assert.deepEqual([cases.tests, cases.failed], [tests, failed])
      const suite = { allowNoTests: false }
      const judged = judgeCommand({ source: file.results, cases, complete: true, exit, suite })
      assert.equal(judged.status, failed > 0 ? 'failed' : 'passed')

      const cut = await collectResults(stream, { ...output, stdout: text.slice(0, text.length * 0.6) })
      assert.equal(cut.complete, false)
    })
  }
})
