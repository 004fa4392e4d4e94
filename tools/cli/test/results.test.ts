import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readResults } from '@muster/results'
import { EXIT } from '../src/exit-codes.ts'
import { main } from '../src/main.ts'
import { inScratch, said } from './support.ts'

const JUNIT = `<testsuites><testsuite name="cart">
  <testcase name="adds" time="0.25"/>
  <testcase name="rounds" time="1"><failure message="0.3"/></testcase>
  <testcase name="connects"><error message="refused"/></testcase>
  <testcase name="later"><skipped/></testcase>
</testsuite></testsuites>`
const TAP = 'TAP version 13\nok 1 - one\nnot ok 2 - two\n1..2\n'
const FILES = { 'reports/a.xml': JUNIT, 'reports/deep/b.tap': TAP, 'notes.txt': 'hello', 'empty.xml': '' }

interface Shown {
  readonly files: readonly {
    readonly file: string
    readonly format: string | null
    readonly complete: boolean
  }[]
  readonly totals: Readonly<Record<string, number>>
  readonly warnings: readonly { readonly file?: string; readonly line?: number; readonly message: string }[]
}

const inReports = (
  use: (muster: (...args: string[]) => ReturnType<typeof said<number>>, root: string) => Promise<void>,
) => inScratch(FILES, (root) => use((...args) => said(() => main(args), root), root))

describe('muster results', () => {
  it('adds up files of any format, found by globs, each once', () =>
    inReports(async (muster) => {
      const { value, stdout, stderr } = await muster(
        'results',
        'reports/**/*.{xml,tap}',
        'reports/a.xml',
        '--json',
      )
      const shown = JSON.parse(stdout) as Shown
      assert.deepEqual(
        shown.files.map(({ file, format, complete }) => [file, format, complete]),
        [
          ['reports/a.xml', 'junit', true],
          ['reports/deep/b.tap', 'tap', true],
        ],
      )
      assert.deepEqual(shown.totals, {
        suites: 2,
        tests: 6,
        passed: 2,
        failed: 2,
        errors: 1,
        skipped: 1,
        durationMs: 1250,
      })
      assert.deepEqual([value, stderr, shown.warnings], [EXIT.passed, '', []])
    }))

  it('shows a table, and says what is wrong beside it', () =>
    inReports(async (muster) => {
      const { value, stdout, stderr } = await muster('results', 'reports/a.xml', 'reports/deep/b.tap')
      assert.equal(value, EXIT.passed)
      assert.match(stdout, /^FORMAT +SUITES +TESTS/)
      assert.match(stdout, /^junit +1 +4 +1 +1 +1 +1 +1\.25 s +reports\/a\.xml$/m)
      assert.match(stdout, /6 +2 +2 +1 +1 +1\.25 s +2 files$/m)
      assert.equal(stderr, '')
    }))

  it('exits with 1 for failures, or a file that is cut off, only when asked to', () =>
    inScratch({ 'cut.xml': '<testsuite name="s">\n<testcase name="a"/>\n<testcase' }, async (root) => {
      const plain = await said(() => main(['results', 'cut.xml']), root)
      assert.equal(plain.value, EXIT.passed)
      assert.match(
        plain.stderr,
        /^cut\.xml:3:\d+: ends inside <testsuite>; the 1 finished test cases are kept$/m,
      )
      assert.equal(
        (await said(() => main(['results', 'cut.xml', '--fail-on-failure']), root)).value,
        EXIT.failed,
      )
    }))

  it('exits with 2 for what it can’t read or doesn’t know, and reads the rest', () =>
    inReports(async (muster) => {
      for (const [file, expected] of [
        ['nope.xml', /there is no file nope\.xml/],
        ['no/*.xml', /no file matches no\/\*\.xml/],
        ['reports', /reports is a folder; give files, or a glob such as 'reports\/\*\*\/\*\.xml'/],
        ['notes.txt', /notes\.txt: is in no result format .* --format \(one of junit, /],
        ['empty.xml', /empty\.xml: is empty/],
      ] as const) {
        const { value, stdout, stderr } = await muster('results', file, 'reports/a.xml')
        assert.equal(value, EXIT.usage, file)
        assert.match(stderr, expected)
        assert.match(stdout, /reports\/a\.xml$/m)
        const json = JSON.parse((await muster('results', file, '--json')).stdout) as Shown
        assert.match(json.warnings[0]?.message ?? '', expected)
      }
    }))

  it('refuses a format that it doesn’t know, and takes one that it is told', () =>
    inReports(async (muster) => {
      const { value, stderr } = await muster('results', 'reports/a.xml', '--format', 'yaml')
      assert.equal(value, EXIT.usage)
      assert.match(stderr, /Expected one of auto, junit, /)
      const told = await muster('results', 'notes.txt', '--format', 'junit')
      assert.equal(told.value, EXIT.passed)
      assert.match(told.stderr, /notes\.txt/)
      assert.equal((await muster('results', 'reports/a.xml', '--format', 'auto')).value, EXIT.passed)
    }))

  it('teaches', async () => {
    for (const command of ['results', 'convert', 'merge']) {
      const { value, stdout } = await said(() => main([command, '--help']))
      assert.equal(value, EXIT.passed)
      assert.match(stdout, /Example|Exit codes/)
    }
  })
})

describe('muster convert', () => {
  it('writes what the name of the output says', () =>
    inReports(async (muster, root) => {
      for (const [name, begins] of [
        ['out/a.xml', '<?xml'],
        ['out/a.json', '{"reportFormat":"CTRF"'],
        ['out/a.md', '## ❌ Test results'],
        ['out/a.sarif', '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json"'],
      ] as const) {
        const { value, stdout } = await muster('convert', 'reports/a.xml', name)
        assert.equal(value, EXIT.passed)
        assert.match(stdout, /^4 test cases written to out\/a\.\w+ as \w+$/m)
        assert.ok(readFileSync(path.join(root, name), 'utf8').startsWith(begins), name)
      }
    }))

  it('says what it needs, and leaves nothing half done', () =>
    inReports(async (muster, root) => {
      const unknown = await muster('convert', 'reports/a.xml', 'out.pdf')
      assert.deepEqual([unknown.value, existsSync(path.join(root, 'out.pdf'))], [EXIT.usage, false])
      assert.match(unknown.stderr, /out\.pdf: its name tells no format; end it with \.xml/)
      const missing = await muster('convert', 'nope.xml', 'out.xml')
      assert.deepEqual([missing.value, existsSync(path.join(root, 'out.xml'))], [EXIT.usage, false])
      const blocked = await muster('convert', 'reports/a.xml', 'notes.txt/out.xml')
      assert.equal(blocked.value, EXIT.environment)
      assert.match(blocked.stderr, /notes\.txt\/out\.xml: can't be written \(/)
    }))
})

describe('muster merge', () => {
  it('makes executions of one case of what several reports have', () =>
    inReports(async (muster, root) => {
      const rerun = '<testsuite name="cart"><testcase name="rounds"/></testsuite>'
      await inScratch({ 'rerun.xml': rerun }, async (other) => {
        const second = path.join(other, 'rerun.xml')
        const { value, stdout } = await muster('merge', 'all.xml', 'reports/a.xml', second)
        assert.equal(value, EXIT.passed)
        assert.match(
          stdout,
          /^4 test cases of 2 reports written to all\.xml as junit; 1 were executed again$/m,
        )
        const { cases } = await readResults('junit', readFileSync(path.join(root, 'all.xml'), 'utf8'))
        const rounds = cases.find((each) => each.path.includes('rounds'))
        assert.deepEqual([rounds?.status, rounds?.attempts], ['passed', 2])
        await muster('merge', 'kept.json', 'reports/a.xml', second, '--same', 'keep')
        const kept = await readResults('ctrf', readFileSync(path.join(root, 'kept.json'), 'utf8'))
        assert.equal(kept.totals.tests, 5)
      })
    }))

  it('doesn’t read its own output again', () =>
    inReports(async (muster) => {
      for (const times of [1, 2]) {
        const { value, stdout } = await muster('merge', 'reports/all.xml', 'reports/**/*.{xml,tap}')
        assert.equal(value, EXIT.passed, String(times))
        assert.match(stdout, /^6 test cases of 2 reports/)
      }
    }))

  it('writes nothing when a part can’t be read', () =>
    inReports(async (muster, root) => {
      const { value, stderr } = await muster('merge', 'all.xml', 'reports/a.xml', 'notes.txt')
      assert.deepEqual([value, existsSync(path.join(root, 'all.xml'))], [EXIT.usage, false])
      assert.match(stderr, /notes\.txt: is in no result format .* --from \(one of junit, /)
    }))
})
