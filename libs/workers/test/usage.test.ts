import assert from 'node:assert/strict'

import { describeOutcome } from '@muster/model'
import * as fc from 'fast-check'

import { NOTHING } from '../src/usage/reading.ts'
import { UsageMeter } from '../src/usage/usage-meter.ts'
import { openCells } from '../src/cgroups/cells.ts'
import { newToken } from '../src/processes/marker.ts'
import { action, command, start, withPool } from './support/rig.ts'

describe('UsageMeter', () => {
  const step = fc.record({
    ms: fc.integer({ min: 1, max: 1000 }),
    cpus: fc.double({ min: 0, max: 8, noNaN: true }),
    memory: fc.nat(1e9),
  })

  it('has averages that no peak is below, and peaks that were there', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), fc.nat(1e9), (steps, peak) => {
        const meter = new UsageMeter(1000)
        let at = 1000
        let cpuMs = 0
        for (const { ms, cpus, memory } of steps) {
          at += ms
          cpuMs += cpus * ms
          meter.add(at, { ...NOTHING, cpuMs, memoryBytes: memory })
        }
        meter.notePeak(peak)
        const usage = meter.end(at, { ...NOTHING, cpuMs })
        const memories = steps.map(({ memory }) => memory)
        assert.equal(usage.peakMemoryBytes, Math.max(peak, ...memories))
        assert.ok(usage.averageMemoryBytes >= Math.min(...memories) - 1)
        assert.ok(usage.averageMemoryBytes <= Math.max(...memories) + 1)
        assert.ok(usage.averageCpus <= usage.peakCpus)
        assert.ok(usage.peakCpus <= Math.max(...steps.map(({ cpus }) => cpus)) + 1e-6)
        assert.ok(Math.abs(usage.averageCpus * (at - 1000) - usage.cpuMs) < 1e-6 * at)
        assert.equal(usage.samples, steps.length)
      }),
    )
  })

  it('without a sample gives the closing figures', () => {
    const meter = new UsageMeter(0)
    meter.notePeak(5000)
    assert.deepEqual(meter.end(30, { ...NOTHING, cpuMs: 24, readBytes: 1 }), {
      cpuMs: 24,
      averageCpus: 0.8,
      peakCpus: 0.8,
      averageMemoryBytes: 5000,
      peakMemoryBytes: 5000,
      readBytes: 1,
      writtenBytes: 0,
      samples: 0,
    })
  })
})

const MIB = 2 ** 20

/** The same by cgroups and without. */
for (const cgroups of [true, false]) {
  describe(`an attempt's usage ${cgroups ? 'as this machine tells it' : 'without cgroups'}`, function () {
    this.timeout(60_000)

    it('is told for units too short to be looked at, in every isolation', () =>
      withPool({ cgroups }, async (pool) => {
        for (const isolation of ['thread', 'process', 'none'] as const) {
          const { usage } = await start(pool, action('burn', 50), isolation).done
          assert.ok(usage && usage.cpuMs >= 45, `${isolation}: ${usage?.cpuMs} ms`)
          assert.ok(usage.peakMemoryBytes > MIB, `${isolation}: ${usage.peakMemoryBytes} bytes`)
        }
      }))

    it('does not charge a unit in a kept host with what ran there before', () =>
      withPool({ cgroups }, async (pool) => {
        const first = await start(pool, action('burn', 1500), 'none').done
        const second = await start(pool, action('pass'), 'none').done
        assert.ok(first.usage && first.usage.cpuMs >= 1450)
        assert.ok(second.usage && second.usage.cpuMs < 1000, `${second.usage?.cpuMs} ms`)
      }))

    it('is told for a command, with the children that it has waited for', () =>
      withPool({ cgroups }, async (pool) => {
        const script = 'while (process.cpuUsage().user < 300e3) for (let at = 0; at < 1e6; at++);'
        const { usage } = await start(pool, command(`${process.execPath} -e '${script}'; true`)).done
        assert.ok(usage && usage.cpuMs >= 280, `${usage?.cpuMs} ms`)
      }))

    it('is told while it runs, by slot', () =>
      withPool({ cgroups, workers: 2 }, async (pool) => {
        const unit = start(pool, action('hold', 200 * MIB), 'process', { slot: 1 })
        await unit.firstCase
        let now = pool.usageNow()
        while ((now.slots[1]?.memoryBytes ?? 0) < 200 * MIB) {
          await new Promise((resolve) => setTimeout(resolve, 20))
          now = pool.usageNow()
        }
        assert.equal(now.slots[0], undefined)
        assert.equal(now.memoryBytes, now.slots[1]?.memoryBytes)
        assert.ok(now.memoryBytes > 0)
        unit.stop('seen')
        const { usage } = await unit.done
        assert.ok(usage && usage.peakMemoryBytes >= 200 * MIB && usage.samples > 0)
      }))
  })

  describe(`limits ${cgroups ? 'as this machine can hold to them' : 'without cgroups'}`, function () {
    this.timeout(60_000)
    const limits = { memoryBytes: 300 * MIB }
    const killed = {
      status: 'crashed',
      message: 'killed: used more memory than its limit of 300 MiB',
      exitCode: null,
      signal: 'SIGKILL',
    }

    for (const isolation of ['process', 'none'] as const) {
      it(`of memory end a unit in ${isolation}, and the next one has its own`, () =>
        withPool({ cgroups }, async (pool) => {
          const { outcome } = await start(pool, action('exhaustBuffers'), isolation, { limits }).done
          assert.deepEqual(outcome, killed)
          assert.equal(
            (await start(pool, action('hold', 400 * MIB, true), isolation).done).outcome.status,
            'passed',
          )
        }))
    }

    it('of memory are told when the runtime itself gives up', () =>
      withPool({ cgroups }, async (pool) => {
        const { outcome } = await start(pool, action('exhaustMemory'), 'process', { limits }).done
        assert.equal(outcome.status, 'crashed')
        assert.match(describeOutcome(outcome), /its limit of 300 MiB$/)
      }))

    it('of memory count all processes of a command, whatever its exit code says', () =>
      withPool({ cgroups }, async (pool) => {
        const hog = `${process.execPath} -e 'const b = []; for (;;) b.push(Buffer.alloc(1e6, 1))'`
        const { outcome, usage } = await start(pool, command(`${hog}; true`), 'process', { limits }).done
        assert.deepEqual(outcome, killed)
        assert.ok(usage && usage.peakMemoryBytes > 200 * MIB)
      }))

    it('of memory hold with endless output', () =>
      withPool({ cgroups, outputLimit: { head: 1000, tail: 1000 } }, async (pool) => {
        const line = `yes & exec ${process.execPath} -e 'const b = []; for (;;) b.push(Buffer.alloc(1e6, 1))'`
        const { outcome, stdout } = await start(pool, command(line), 'process', { limits }).done
        assert.deepEqual(outcome, killed)
        assert.ok(stdout.data.length < 2100)
      }))

    it('of processes are held to, or said to be not, once', function () {
      const cells = openCells(newToken())
      cells.close()
      const isHeld = cgroups && cells.places.processes !== undefined
      return withPool({ cgroups }, async (pool) => {
        const line = 'for i in 1 2 3 4 5 6; do sleep 0.2 & done; wait'
        const few = { limits: { processes: 4 } }
        const first = await start(pool, command(line), 'process', few).done
        const second = await start(pool, command('true'), 'process', few).done
        assert.equal(first.outcome.status === 'passed', !isHeld)
        assert.match(
          first.notes.join('\n'),
          isHeld ? /exceeded its limit of 4 processes/ : /can't be enforced here/,
        )
        assert.deepEqual(second.notes, [])
      })
    })
  })
}
