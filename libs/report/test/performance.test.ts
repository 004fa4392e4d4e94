import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { renderSummary, writeReports } from '@muster/report'
import { performanceView } from '../src/markdown/performance-view.ts'
import { summaryView } from '../src/markdown/summary-view.ts'
import { formatChange, formatMetric } from '../src/text/format-metric.ts'
import { launchBrowser, noBrowser } from './samples/browser.ts'
import { measuredRecord, sampleComparison } from './samples/measured-record.ts'
import { readOutput, sampleRecord } from './samples/sample-record.ts'

describe('performance in reports', () => {
  let dir = ''
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-performance-'))
    await writeReports(measuredRecord(), { dir, readOutput })
  })
  after(() => rm(dir, { recursive: true }))

  it('the terminal tells what changed or is unclear, and counts the rest', () => {
    const text = renderSummary(measuredRecord(), { root: '/' })
    assert.match(text, /^bench-codec: codec › write: suspected regression \+48\.0 % \(41 ns → 61 ns\)$/m)
    assert.match(text, /^bench-codec: peak-memory: improvement −50\.0 % \(120 MB → 60 MB\)$/m)
    assert.match(text, /^1 measurement unchanged, 1 measurement without a baseline/m)
    assert.doesNotMatch(renderSummary(sampleRecord(), { root: '/' }), /Performance/)
  })

  it('the Markdown summary has a row a measurement, gravest first', async () => {
    const text = await readFile(join(dir, 'latest/summary.md'), 'utf8')
    const rows = text
      .slice(text.indexOf('### Performance'))
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(1)
    assert.deepEqual(
      rows.map((row) => row.split('|')[1]?.trim()),
      ['🔺', '🟢', '❔', '❔', '✅'],
    )
    assert.match(
      rows[0] ?? '',
      /\| 41 ns \| 61 ns \| \+48\.0 % \| \+42\.0 % … \+55\.0 % \| suspected regression: /,
    )
    assert.match(rows[4] ?? '', /parse &#60;b&#62;/)
    assert.match(
      text,
      /^1 suspected regression, 1 improvement, 1 too few samples, 1 no baseline, 1 unchanged$/m,
    )
  })

  it('a regression that a rerun has shown is no suspicion any more', () => {
    const record = measuredRecord()
    const [measured, ...others] = record.suites
    const comparisons = measured!.comparisons!.map((each) =>
      each.verdict === 'regression' ? Object.assign({ confirmed: true as const }, each) : each,
    )
    const confirmed = { ...record, suites: [{ ...measured!, comparisons }, ...others] }
    const text = renderSummary(confirmed, { root: '/' })
    assert.match(text, /^bench-codec: codec › write: regression \+48\.0 %/m)
    assert.match(performanceView(confirmed, 9).performanceCounts, /^1 regression, /)
    const { symbol, headline } = summaryView(confirmed, { suites: 9, failures: 9 })
    assert.deepEqual([symbol, headline.split(', ').at(-1)], ['🔺', '1 confirmed regression'])
  })

  it('of many measurements, Markdown tells what changed and counts the rest', () => {
    const record = measuredRecord()
    const [measured, ...others] = record.suites
    const unchanged = Array.from({ length: 500 }, (_, at) => sampleComparison({ benchmark: `b${at}` }))
    const comparisons = [...unchanged, ...measured!.comparisons!]
    const view = performanceView({ ...record, suites: [{ ...measured!, comparisons }, ...others] }, 1000)
    assert.deepEqual(
      view.performance.map(({ symbol }) => symbol),
      ['🔺', '🟢', '❔', '❔'],
    )
    assert.match(view.performanceCounts, /, 501 unchanged$/)
  })

  it('the page draws the samples of both sides, with the change and its interval', async function () {
    if (noBrowser !== undefined) {
      if (process.env['CI']) throw new Error(noBrowser)
      console.warn(`SKIPPED: performance in the HTML report is not tested: ${noBrowser}`)
      return this.skip()
    }
    this.timeout(60_000)
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 1100, height: 1400 } })
      const errors: string[] = []
      page.on('pageerror', ({ message }) => errors.push(message))
      page.on('console', (message) => errors.push(message.text()))
      await page.goto(`${pathToFileURL(join(dir, 'latest/index.html')).href}#performance`)
      const cards = page.locator('.benchmark')
      assert.equal(await cards.count(), 5)
      const first = cards.first()
      const text = await first.innerText()
      for (const part of [
        'codec › write',
        'suspected regression',
        '41 ns',
        '61 ns',
        '+48.0 %',
        '+42.0 % to +55.0 %',
      ])
        assert.ok(text.includes(part), `${part} in ${text}`)
      assert.equal(await first.locator('circle').count(), 20)
      assert.match(
        await page.locator('.conditions').textContent().then(String),
        /others kept 1\.3 cores busy/,
      )
      const shot = process.env['MUSTER_SCREENSHOTS']
      if (shot !== undefined)
        await page.locator('#performance').screenshot({ path: join(shot, 'performance.png') })
      assert.deepEqual(errors, [])
    } finally {
      await browser.close()
    }
  })

  it('values and changes read well from nanoseconds to gigabytes', () => {
    assert.deepEqual(
      [0.000_0412, 0.0412, 41.2, 41_200, 0].map((ms) => formatMetric(ms, 'ms')),
      ['41.2 ns', '41.2 µs', '41.2 ms', '41.2 s', '0 ns'],
    )
    assert.deepEqual(
      [formatMetric(1234.5, 'rows/s'), formatMetric(2.5, ''), formatMetric(1e300, '')],
      ['1,235 rows/s', '2.5', '1.00e+300'],
    )
    assert.deepEqual([1, 1.123, 0.5, 3, 1.0004].map(formatChange), [
      '±0.0 %',
      '+12.3 %',
      '−50.0 %',
      '+200 %',
      '±0.0 %',
    ])
  })
})
