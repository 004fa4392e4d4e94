import assert from 'node:assert/strict'
import { appendFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { beginMeasuring } from '../../src/measure/measure-attempt.ts'
import { usageMetrics } from '../../src/measure/usage-metrics.ts'
import { readEnvironment } from '../../src/measure/read-environment.ts'

const USAGE = {
  cpuMs: 400,
  averageCpus: 0.4,
  peakCpus: 1,
  averageMemoryBytes: 1e6,
  peakMemoryBytes: 2e6,
  readBytes: 0,
  writtenBytes: 0,
  samples: 3,
}

describe('measuring a suite', () => {
  it('takes the wanted figures of its processes, each a sample', () => {
    const found = usageMetrics(['wall', 'cpu', 'peak-memory'], 1000, USAGE)
    assert.deepEqual(
      Object.entries(found).map(([name, { value, unit }]) => [name, value, unit]),
      [
        ['wall', 1000, 'ms'],
        ['cpu', 400, 'ms'],
        ['peak-memory', 2e6, 'B'],
      ],
    )
    assert.deepEqual(found['wall']?.samples, [1000])
  })

  it('leaves out what nobody could tell', () => {
    assert.deepEqual(Object.keys(usageMetrics(['wall', 'cpu', 'peak-cpus'], 5, undefined)), ['wall'])
    const unseen = { ...USAGE, samples: 0 }
    assert.deepEqual(Object.keys(usageMetrics(['peak-cpus', 'average-memory', 'cpu'], 5, unseen)), ['cpu'])
  })

  it('puts together what the suite wrote, the machine and who else was busy, and leaves no file', async () => {
    const policy = { usage: ['wall'], threshold: 0.1, onRegression: 'report' } as const
    const measuring = beginMeasuring(tmpdir(), policy)
    const file = measuring.env['MUSTER_METRICS'] ?? ''
    appendFileSync(file, '{"name": "rows", "value": 3}\n?\n')
    const { measurement, warnings } = await measuring.finish({ durationMs: 1000, usage: USAGE })
    assert.deepEqual(Object.keys(measurement.metrics), ['wall', 'rows'])
    assert.deepEqual(measurement.policy, policy)
    assert.match(measurement.machine, /^\w+-\w+ .* \d+c \d+g$/)
    assert.ok(measurement.othersCpus === null || measurement.othersCpus >= 0)
    assert.match(warnings[0] ?? '', /line 2 of \$MUSTER_METRICS/)
    assert.equal(existsSync(file), false)
  })

  it('knows what the machine is', () => {
    const { cores, memoryMiB, runtime, container } = readEnvironment()
    assert.ok(Number(cores) >= 1 && Number(memoryMiB) > 0)
    assert.equal(runtime, `node ${process.versions.node}`)
    assert.equal(typeof container, 'boolean')
  })
})
