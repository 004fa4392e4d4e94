import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { calibrateChanges } from '../../src/baselines/change-calibration.ts'
import { readSeries } from '../../src/baselines/series-file.ts'
import { taskOf } from '../../src/baselines/task.ts'

describe('change points of series in a file', () => {
  let dir: string
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'muster-series-'))
  })
  after(() => rmSync(dir, { recursive: true, force: true }))
  const written = (content: string): string => {
    const file = join(dir, 'series.json')
    writeFileSync(file, content)
    return file
  }

  it('are printed as JSON', () => {
    const step = Array.from({ length: 40 }, (_, index) => 100 + (index % 3) + (index < 25 ? 0 : 20))
    const file = written(JSON.stringify({ series: { step, steady: step.slice(0, 25), gap: [1, null, 2] } }))
    const main = fileURLToPath(new URL('../../src/baselines/main.ts', import.meta.url))
    const out = execFileSync(process.execPath, [...process.execArgv, '--import=tsx', main, file, '--json'], {
      encoding: 'utf8',
    })
    const { changePoints } = JSON.parse(out) as { changePoints: Record<string, { index: number }[]> }
    assert.deepEqual(Object.keys(changePoints), ['step', 'steady', 'gap'])
    assert.deepEqual([changePoints['steady'], changePoints['gap']], [[], []])
    assert.deepEqual(changePoints['step'], [
      { index: 25, before: 101, after: 121, magnitude: 20 / 101, p: 0.005 },
    ])
  })

  const broken: readonly [content: string, complaint: RegExp][] = [
    ['{', /series\.json can't be read: /],
    ['[]', /expected \{"series": \{"name": \[numbers\]\}\}/],
    ['{"series": {"a": 3}}', /series "a" is no array/],
    ['{"series": {"a": [1, "2"]}}', /series "a" holds no number at index 1/],
  ]
  for (const [content, complaint] of broken) {
    it(`are refused with the place: ${content}`, () => {
      const series = readSeries(written(content))
      assert.match(series.ok ? '' : series.error, complaint)
    })
  }

  it('are found in made-up series that changed, and seldom in others', () => {
    const results = calibrateChanges(6, 3)
    const share = (course: string): number =>
      results.find((each) => each.course.startsWith(course))?.found ?? -1
    assert.ok(share('step of 5 %') >= 0.8 && share('creep') >= 0.8 && share('8 % slower') >= 0.8)
    assert.ok(share('no change') <= 0.4)
  }).timeout(60_000)

  it('need a command line that says what is wanted', () => {
    for (const args of [
      [],
      ['record'],
      ['a.json', 'b.json'],
      ['calibrate', '--seed', 'x'],
      ['x.json', '--nope'],
    ]) {
      assert.equal(taskOf(args).ok, false, args.join(' '))
    }
    assert.deepEqual(taskOf(['calibrate', '--quick']), {
      ok: true,
      value: { what: 'calibrate', json: false, seed: 1, quick: true, samples: 50, spread: 0.05 },
    })
  })
})
