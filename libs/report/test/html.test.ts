import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RunRecord } from '@muster/model'
import { writeReports } from '@muster/report'
import type { Browser, Page } from 'playwright-core'
import { busyRecord } from './samples/busy-record.ts'
import { launchBrowser, noBrowser } from './samples/browser.ts'
import { readOutput, sampleCase, sampleRecord, sampleRun, sampleSuite } from './samples/sample-record.ts'
import { largeRecord } from './samples/large-record.ts'

const names = (page: Page): Promise<string[]> => page.locator('.rows .row .name').allTextContents()
const active = (page: Page): Promise<string> =>
  page.evaluate("document.activeElement?.id || document.activeElement?.className || ''")
const background = (page: Page): Promise<string> =>
  page.evaluate('getComputedStyle(document.body).backgroundColor')

describe('HTML report in a browser', () => {
  let dir = ''
  let browser: Browser
  const pages: Page[] = []
  const errors: string[] = []
  const requests: string[] = []

  before(async function () {
    if (noBrowser !== undefined) {
      if (process.env['CI']) throw new Error(noBrowser)
      console.warn(`SKIPPED: the HTML report is not tested: ${noBrowser}`)
      this.skip()
    }
    this.timeout(60_000)
    dir = await mkdtemp(join(tmpdir(), 'muster-html-'))
    browser = await launchBrowser()
  })
  after(async () => {
    if (noBrowser !== undefined) return
    await browser.close()
    await rm(dir, { recursive: true })
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close()
    // Whatever a test looks at, the page must neither fail nor ask for anything.
    const seen = { errors: errors.splice(0), requests: requests.splice(0) }
    assert.deepEqual(seen, { errors: [], requests: [] })
  })

  const open = async (
    record: RunRecord,
    hash = '',
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<Page> => {
    const outcome = await writeReports(record, { dir, readOutput })
    assert.deepEqual(outcome.problems, [])
    const url = pathToFileURL(join(dir, 'latest/index.html')).href
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } })
    pages.push(page)
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => errors.push(message.text()))
    page.on('dialog', (dialog) => {
      errors.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url && !request.url().startsWith('data:'))
        requests.push(request.url())
    })
    await page.goto(url + hash)
    return page
  }

  it('shows the verdict, then the failures with message, diff, output and command', async () => {
    const page = await open(sampleRecord())
    assert.match(await page.locator('h1').innerText(), /^2 of 94 tests failed/)
    const card = page.locator('.failure', { hasText: 'unit-cart' })
    const text = await card.innerText()
    for (const part of [
      'adds shipping above the limit',
      '− expected',
      '"shipping": 490',
      'totals.test.ts:48:12',
      'npx mocha --config suites/unit-cart',
    ]) {
      assert.ok(text.includes(part), part)
    }
    await card.getByText('stdout').click()
    assert.match(await card.locator('.output').first().innerText(), /listening on 41873\nready in 12 ms/)
    assert.equal(await card.locator('.message .fg1').innerText(), 'timed out')
    assert.equal(await page.locator('.failure').count(), 4)
  })

  it('lists suites with where cached ones come from', async () => {
    const page = await open(sampleRecord())
    const row = page.locator('tr[data-suite="unit-search"]')
    assert.match(await row.innerText(), /passed\s*cached[\s\S]*cached from run 20260131-134210-b01d7e/)
  })

  it('shows shards, attempts with their usage, and why a suite ran when it did', async () => {
    const page = await open(busyRecord(), '#suite=integration-cart')
    const details = page.locator('.suite-details')
    assert.match(
      await details.locator('.attempts tbody tr').nth(2).innerText(),
      /^shard 2\/2, attempt 2 \(1 file\)\s+✓\s+passed\s+2 \(process\)\s+3\.00 s\s+2\.40 s\s+2\.40 s\s+0\.8, peak 1\.6\s+100 MB\s+1\.4 MB, 88 kB$/,
    )
    await details.locator('.score summary').click()
    assert.match(
      await details.locator('.score').innerText(),
      /failures\s+21\.4\s+failed 3 of its last 10 runs/,
    )
    assert.match(await page.locator('tr[data-suite="unit-cart"]').innerText(), /0\.90 s ×2\.0\s+63\.4/)
    await details.getByText('stdout').click()
    assert.match(await details.locator('.output').first().innerText(), /listening on 41873/)
  })

  it('filters suites by what is remarkable about them', async () => {
    const page = await open(busyRecord())
    const rows = page.locator('#suite-table tbody th a')
    for (const [chip, found] of [
      ['flaky', ['integration-cart']],
      ['in quarantine', ['unit-cart']],
      ['not run', ['chaos-network', 'hardware-scale', 'load-cart', 'load-search']],
    ] as const) {
      await page.locator(`#suite-filter [data-mark="${chip}"]`).click()
      assert.deepEqual(await rows.allTextContents(), found)
    }
    await page.locator('#suite-filter [data-mark="not run"]').click()
    assert.equal(await rows.count(), 8)
  })

  it('shows first errors of flaky tests, reasons of a quarantine, and where a result is from', async () => {
    const page = await open(busyRecord())
    const pick = async (chip: string): Promise<string> => {
      await page.locator(`#case-filter [data-status="${chip}"]`).click()
      await page.locator('.rows .row').first().click()
      return page.locator('.panel').innerText()
    }
    assert.match(await pick('flaky'), /Passed at execution 2, after it had failed[\s\S]*port 41873 is taken/)
    assert.match(await pick('quarantined'), /In quarantine, doesn’t count: owner ada, until 2026-03-01/)
    assert.match(await pick('not-rerun'), /the result is that of run 20260130-091200-77ab01/)
    assert.equal(await page.locator('.rows .row').count(), 7)
  })

  it('says what held up the run, and marks it and retries in the timeline', async () => {
    const page = await open(busyRecord())
    assert.deepEqual(await page.locator('.chain a').allTextContents(), [
      'unit-cart',
      'integration-cart#2/2',
      'integration-cart#2/2',
      'e2e-checkout',
    ])
    assert.match(await page.locator('.held-up').innerText(), /Workers 61 % busy/)
    assert.equal(await page.locator('.segment.held').count(), 4)
    assert.deepEqual(await page.locator('.segment.retry').allTextContents(), ['↺ integration-cart#2/2'])
  })

  it('says on top that a run was halted', async () => {
    const page = await open(busyRecord())
    assert.equal(
      await page.getByRole('alert').innerText(),
      'Halted: the budget of 10 s is used up. 3 suites left out.',
    )
  })

  it('searches by words, and filters by status and suite', async () => {
    const page = await open(sampleRecord())
    await page.keyboard.press('/')
    assert.equal(await active(page), 'search')
    await page.keyboard.type('HALF cart')
    assert.deepEqual(await names(page), ['cart › rounding › half to even'])
    assert.equal(await page.locator('#case-count').innerText(), '1 of 94 tests')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^failed/ }).click()
    assert.equal((await names(page)).length, 2)
    await page.getByLabel('Suite', { exact: true }).selectOption('unit-model')
    assert.deepEqual(await names(page), [])
    assert.match(await page.locator('#case-list').innerText(), /No test matches/)
  })

  it('can be used from the keyboard alone', async () => {
    const page = await open(sampleRecord())
    await page.keyboard.press('f')
    await page.keyboard.press('f')
    assert.match(
      await page.evaluate<string>("document.activeElement?.textContent ?? ''"),
      /survives a restart/,
    )
    await page.keyboard.press('/')
    await page.keyboard.type('waits')
    await page.keyboard.press('Escape')
    await page.keyboard.type('half')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    assert.match(await page.locator('.panel').innerText(), /Skipped: waits for the new rounding/)
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.panel').count(), 0)
  })

  it('moves through the timeline with arrows', async () => {
    const page = await open(sampleRecord())
    await page.locator('.segment[tabindex="0"]').focus()
    assert.match(await page.locator('.tip').innerText(), /unit-model: passed in 0\.41 s/)
    await page.keyboard.press('ArrowRight')
    assert.match(await page.locator('.tip').innerText(), /integration-checkout: passed/)
    await page.keyboard.press('ArrowDown')
    assert.match(await page.locator('.tip').innerText(), /unit-cart/)
  })

  it('follows links to a suite and to a case', async () => {
    const suite = await open(sampleRecord(), '#suite=integration-checkout')
    assert.match(await suite.locator('.suite-details').innerText(), /After unit-cart, unit-model/)
    const name = encodeURIComponent('unit-cart / cart › persists › survives a restart')
    const page = await open(sampleRecord(), `#case=${name}`)
    assert.match(await page.locator('.panel').innerText(), /timed out waiting for ready/)
    await open(sampleRecord(), '#case=%E0%A4%A')
  })

  it('is light or dark as the system says, and as somebody chooses', async () => {
    const light = await background(await open(sampleRecord()))
    const page = await open(sampleRecord(), '', 'dark')
    assert.notEqual(await background(page), light)
    await page.getByRole('button', { name: 'Switch between light and dark' }).click()
    assert.equal(await background(page), light)
    await page.reload()
    assert.equal(await background(page), light)
    await page.evaluate('localStorage.clear()')
  })

  it('says on top that a run is incomplete', async () => {
    const page = await open(
      sampleRun([sampleSuite('a', { status: 'aborted', message: 'Ctrl-C' })], {
        complete: false,
        verdict: 'aborted',
      }),
    )
    assert.match(await page.getByRole('alert').innerText(), /This run is incomplete/)
    assert.match(await page.locator('h1').innerText(), /1 of 1 suite did not finish/)
  })

  it('never runs what a test printed', async () => {
    const evil = '</script><img src=x onerror="alert(1)"><script>alert(2)</script>{{data}}<!--\u2028\u202E'
    const failed = sampleCase(`${evil} › ${evil}`, {
      status: 'failed',
      file: evil,
      error: { message: `\u001B[31m${evil}\u001B[0m`, stack: evil, expected: evil, actual: `x${evil}` },
    })
    const suites = [
      sampleSuite(evil, {
        status: 'failed',
        message: evil,
        reproduce: evil,
        dependsOn: [evil],
        cases: [failed],
      }),
    ]
    const page = await open(
      sampleRun(suites, {
        command: evil,
        workspace: evil,
        notes: [{ level: 'warning', suite: evil, message: evil }],
      }),
    )
    await page.locator('tbody a').first().click()
    await page.locator('.rows .row').first().click()
    assert.equal(await page.locator('img').count(), 0)
    assert.equal(await page.locator('script').count(), 2)
    assert.match(await page.locator('.panel .message').innerText(), /^<\/script><img src=x/)
  })

  it('fits a narrow screen', async () => {
    for (const record of [sampleRecord(), busyRecord()]) {
      const page = await open(record, '#suite=integration-cart')
      await page.setViewportSize({ width: 400, height: 800 })
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 400)
    }
  })

  it('has names for its landmarks and controls', async () => {
    const page = await open(sampleRecord())
    const unnamed = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('button, input, select, a, section')]
      .filter((each) => !(each.getAttribute('aria-label') || each.getAttribute('aria-labelledby') || each.textContent.trim()))
      .map((each) => each.outerHTML)`)
    assert.deepEqual(unnamed, [])
    assert.equal(await page.locator('main').count(), 1)
    assert.equal(await page.locator('h1').count(), 1)
  })

  it('opens ten thousand cases with only the visible rows made', async function () {
    this.timeout(60_000)
    const page = await open(largeRecord(10_000))
    const paint = await page.evaluate<number>(
      "performance.getEntriesByType('paint').at(-1)?.startTime ?? NaN",
    )
    const ready = await page.evaluate<number>("performance.getEntriesByType('navigation')[0].domComplete")
    console.log(
      `      10,000 cases: ready after ${ready.toFixed(0)} ms, first paint after ${paint.toFixed(0)} ms`,
    )
    assert.match(await page.locator('#case-count').innerText(), /^10,000 tests$/)
    assert.ok((await page.locator('.row').count()) < 100)
    await page.locator('.rows').focus()
    await page.keyboard.press('End')
    await page.locator('#case-9999').waitFor()
    assert.match((await names(page)).at(-1) ?? '', /handles input number 9999$/)
    await page.keyboard.press('/')
    await page.keyboard.type('number 4242')
    assert.deepEqual(await names(page), ['module 16 › feature 2 › handles input number 4242'])
  })
})
