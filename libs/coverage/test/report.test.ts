import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { coverageRecord } from '../src/by-project.ts'
import { readCoverageFile } from '../src/formats/read-coverage-file.ts'
import { lineHits } from '../src/line-coverage.ts'
import { writeCoverageReports } from '../src/report/write-coverage-reports.ts'
import { readSource } from '../src/source/read-source.ts'
import { untested, type FileCoverage } from '../src/structure.ts'
import { withFolder } from './support.ts'

const TEXT =
  "export const html = '</script><!-- <script>'\nexport function f(a) {\n  return a ? html : ''\n}\n"

const half = (text: string): FileCoverage => {
  const file = untested(readSource('a.ts', text)!.structure)
  return { ...file, statements: file.statements.map((_, index) => (index === 0 ? 1 : 0)) }
}

const PROJECTS = [
  { name: 'root', root: '.' },
  { name: 'inner', root: 'libs/inner' },
]

describe('the coverage report', () => {
  it('is one page that needs nobody, and files that other programs read', () =>
    withFolder({ 'libs/inner/a.ts': TEXT, 'b.ts': TEXT }, async (root) => {
      const coverage = new Map([
        ['b.ts', half(TEXT)],
        ['libs/inner/a.ts', half(TEXT)],
        ['gone.ts', half(TEXT)],
      ])
      const record = coverageRecord(coverage, PROJECTS)
      assert.deepEqual(
        record.projects.map(({ name, files }) => [name, files]),
        [
          ['inner', 1],
          ['root', 2],
        ],
      )
      const dir = path.join(root, 'out')
      await writeCoverageReports({ root, coverage, projects: PROJECTS, record, title: 'run 1', dir })
      const read = (name: string): string => readFileSync(path.join(dir, name), 'utf8')
      assert.deepEqual(readdirSync(dir).toSorted(), [
        'cobertura.xml',
        'coverage-summary.json',
        'index.html',
        'lcov.info',
      ])

      const page = read('index.html')
      assert.doesNotMatch(page, /(src|href)="?http|@import|url\(/)
      assert.equal(page.split('</script>').length, 3)
      const [, data = ''] = /id="data">(.*?)<\/script>/s.exec(page) ?? []
      const { files } = JSON.parse(data) as { files: { path: string; text?: string }[] }
      assert.deepEqual(
        files.map(({ path: name, text }) => [name, text]),
        [
          ['libs/inner/a.ts', TEXT],
          ['b.ts', TEXT],
          ['gone.ts', undefined],
        ],
      )

      for (const name of ['lcov.info', 'cobertura.xml']) {
        const content = readCoverageFile(read(name))
        assert.ok(content.type === 'files')
        const again = new Map(
          content.files.map(([file, each]) => [path.relative(root, path.resolve(root, file)), each]),
        )
        assert.deepEqual(
          lineHits(again.get('libs/inner/a.ts')!),
          lineHits(coverage.get('libs/inner/a.ts')!),
          name,
        )
      }
      const summary = JSON.parse(read('coverage-summary.json')) as Record<string, { lines: object }>
      assert.deepEqual(summary['total']?.lines, { total: 6, covered: 3, skipped: 0, pct: 50 })
      assert.deepEqual(summary['b.ts']?.lines, { total: 2, covered: 1, skipped: 0, pct: 50 })
    }))
})
