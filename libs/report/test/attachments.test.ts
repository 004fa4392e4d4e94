import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Attachment, RunId, RunRecord } from '@muster/model'
import { writeReports } from '@muster/report'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from './samples/browser.ts'
import { readOutput, sampleCase, sampleRun, sampleSuite } from './samples/sample-record.ts'

const RUN = '20260131-154501-3f9a1c' as RunId
/** A picture of one red pixel. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
)

const failing = (attachments: readonly Attachment[]): RunRecord =>
  sampleRun([
    sampleSuite('e2e-shop', {
      status: 'failed',
      cases: [
        sampleCase('shows the cart', {
          status: 'failed',
          error: { message: 'no button' },
          attachments,
          metrics: { 'first paint': { value: 182.25, unit: 'ms', better: 'lower' } },
        }),
      ],
    }),
  ])

describe('attachments in reports', () => {
  let dir = ''
  let kept = ''
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-attachments-'))
    kept = join(dir, 'outputs')
    await mkdir(kept)
  })
  after(() => rm(dir, { recursive: true }))

  async function keep(name: string, contentType: string, data: Buffer): Promise<Attachment> {
    const sha256 = createHash('sha256').update(data).digest('hex')
    await writeFile(join(kept, sha256), data)
    return { name, contentType, file: `out/${name}`, kept: { runId: RUN, sha256, bytes: data.length } }
  }

  const report = async (record: RunRecord): Promise<void> => {
    const outcome = await writeReports(record, {
      dir,
      readOutput,
      findAttachment: ({ sha256 }) => (existsSync(join(kept, sha256)) ? join(kept, sha256) : undefined),
    })
    assert.deepEqual(outcome.problems, [])
  }

  it('lie beside the report, by content, and those of the last report go', async () => {
    const trace = await keep('trace', 'application/zip', Buffer.from('trace'))
    await report(failing([trace, await keep('notes.log', 'text/x-notes', Buffer.from('notes'))]))
    const files = await readdir(join(dir, 'latest/attachments'))
    assert.deepEqual(files.map((name) => name.slice(16)).sort(), ['.log', '.zip'])
    const { results } = JSON.parse(await readFile(join(dir, 'latest/ctrf.json'), 'utf8')) as {
      results: { tests: { attachments: { path: string }[]; extra: unknown }[] }
    }
    const [test] = results.tests
    assert.deepEqual(
      test?.attachments.map(({ path }) => path).sort(),
      files.map((name) => `attachments/${name}`).sort(),
    )
    assert.deepEqual(test?.extra, {
      metrics: { 'first paint': { value: 182.25, unit: 'ms', better: 'lower' } },
    })

    await report(failing([trace]))
    assert.equal((await readdir(join(dir, 'latest/attachments'))).length, 1)
    await report(sampleRun([sampleSuite('e2e-shop')]))
    assert.deepEqual(await readdir(join(dir, 'latest/attachments')), [])
  })

  describe('in a browser', () => {
    let browser: Browser
    let page: Page

    before(async function () {
      if (noBrowser !== undefined) {
        if (process.env['CI']) throw new Error(noBrowser)
        console.warn(`SKIPPED: attachments in the HTML report are not tested: ${noBrowser}`)
        this.skip()
      }
      this.timeout(60_000)
      browser = await launchBrowser()
      page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
      const gone = await keep('video', 'video/webm', Buffer.from('gone'))
      await rm(join(kept, gone.kept!.sha256))
      const attachments = [
        await keep('screenshot', 'image/png', DOT),
        await keep('trace', 'application/zip', Buffer.from('trace')),
        gone,
        { name: 'dump', contentType: 'text/plain', lost: 'it is too large to be kept (90 MiB)' },
      ]
      await report(failing(attachments))
      await page.goto(pathToFileURL(join(dir, 'latest/index.html')).href)
    })
    after(async () => {
      if (noBrowser === undefined) await browser.close()
    })

    const card = () => page.locator('.failure')

    it('images are part of the page', async () => {
      const image = card().locator('.thumb img')
      assert.match((await image.getAttribute('src')) ?? '', /^data:image\/png;base64,/)
      const shown = "document.querySelector('.thumb img')"
      assert.equal(await page.evaluate(`${shown}.decode().then(() => ${shown}.naturalWidth)`), 1)
    })

    it('a press enlarges one, and Escape closes it', async () => {
      await card().getByRole('button', { name: 'Enlarge screenshot' }).click()
      assert.ok(await page.getByRole('dialog', { name: 'screenshot' }).isVisible())
      await page.keyboard.press('Escape')
      assert.equal(await page.getByRole('dialog').count(), 0)
    })

    it('others are links to what lies beside the page', async () => {
      const href = (await card().getByRole('link', { name: 'trace' }).getAttribute('href')) ?? ''
      assert.equal(await readFile(join(dir, 'latest', href), 'utf8'), 'trace')
    })

    it('what is gone is said', async () => {
      const lines = await card().locator('.attachments li').allInnerTexts()
      assert.match(
        lines[1] ?? '',
        /^video video\/webm, 4 B: the copy that run 20260131-\S+ kept is not on this machine/,
      )
      assert.match(lines[2] ?? '', /^dump text\/plain: it is too large to be kept \(90 MiB\)$/)
    })

    it('metrics are told with their units', async () => {
      assert.equal(await card().locator('.metrics').innerText(), 'first paint\n182.25 ms')
    })
  })
})
