import assert from 'node:assert/strict'
import { calibrate, SCENARIOS, type Row } from '../../src/baselines/calibration.ts'
import { NOISE_KINDS } from '../../src/baselines/noise-kinds.ts'
import { record } from '../../src/baselines/record.ts'
import { readRecording } from '../../src/baselines/recording.ts'
import { RULES } from '../../src/baselines/rules.ts'
import { recordedSources, syntheticSources } from '../../src/baselines/sources.ts'
import { ruleTables } from '../../src/baselines/tables.ts'
import { Random } from '../../src/scheduling/random.ts'

const TRIALS = 25
const INDEPENDENT = ['normal', 'lognormal', 'bimodal', 'heavy tail']
const WHOLE_RUNS = ['runs differ by 2 %', 'runs differ by 2 %, known']
const CHOSEN = [...INDEPENDENT, ...WHOLE_RUNS, 'autocorrelated 0.8']

describe('calibration of comparisons', () => {
  let rows: readonly Row[]
  before(() => {
    const sources = syntheticSources(50, 0.05).filter(({ name }) => CHOSEN.includes(name))
    rows = calibrate(sources, TRIALS, 7)
  }).timeout(30_000)
  const told = (scenario: string, source: string) => {
    const row = rows.find((each) => each.scenario.startsWith(scenario) && each.source === source)
    assert.ok(row, `${scenario}, ${source}`)
    return row.told
  }

  it('plays every scenario on every noise', () => {
    assert.equal(syntheticSources(50, 0.05).length, Object.keys(NOISE_KINDS).length + 1)
    assert.equal(rows.length, SCENARIOS.length * CHOSEN.length)
    assert.match(ruleTables(rows), /\| heavy tail \| \d+\.\d \|/)
  })

  it('finds nearly all slow-downs and hardly a false one in independent noise', () => {
    for (const noise of INDEPENDENT) {
      assert.ok(told('nothing changed', noise).muster === 0, `false alarms in ${noise}`)
      assert.ok(told('5 %', noise).muster >= 800, `5 % in ${noise}`)
      assert.ok(told('15 %', noise).muster >= 920, `15 % in ${noise}`)
    }
  })

  it('shows what simpler rules do: miss half of what is at the threshold, believe waves', () => {
    const { naive } = told('15 %', 'normal')
    assert.ok(naive > 200 && naive < 800)
    const waves = told('nothing changed, threshold 15 %', 'autocorrelated 0.8')
    assert.ok(waves.benchstat > 100 && waves.welch > 100 && waves.muster === 0)
  })

  it('believes runs that differ as a whole only as long as it does not know them', () => {
    const scenario = 'nothing changed, threshold 3 %'
    const [blind, known] = [told(scenario, 'runs differ by 2 %'), told(scenario, 'runs differ by 2 %, known')]
    assert.ok(blind['muster, once'] > 100)
    assert.ok(known.muster === 0)
  })

  it('has a Welch test that agrees with scipy 1.17', () => {
    // scipy.stats.ttest_ind([1..6], …, equal_var=False): p = 0.0360 and 0.0542
    const base = [1, 2, 3, 4, 5, 6]
    const trial = { base, rerun: () => base, floor: undefined, effectThreshold: 0.15 }
    assert.equal(RULES.welch({ ...trial, current: [3, 5, 6, 8, 9, 7] }), true)
    assert.equal(RULES.welch({ ...trial, current: [3, 4, 6, 8, 9, 7] }), false)
  })

  it('draws from real runs, too', () => {
    const file = new URL('../../samples/recorded-noise.json', import.meta.url)
    const recording = readRecording(file)
    assert.ok(recording.ok)
    const sources = recordedSources(recording.value, 20)
    assert.deepEqual(
      sources.map(({ name }) => name),
      ['recorded, idle', 'recorded, idle, floor known', 'recorded, busy', 'recorded, busy, floor known'],
    )
    for (const { next } of sources) assert.equal(next(new Random(1)).length, 20)
  })

  it('records a fresh process a run, with others busy in half of them', () => {
    const { runs } = record(1, 3, () => {})
    assert.deepEqual(
      runs.map(({ load, samples }) => [load, samples.length]),
      [
        ['idle', 3],
        ['busy', 3],
      ],
    )
    for (const { samples } of runs) for (const each of samples) assert.ok(each > 0)
  })
})
