import assert from 'node:assert/strict'
import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'

import { action, ENV, start, withPool } from './support/rig.ts'

const ISOLATIONS = ['thread', 'process', 'none'] as const

for (const isolation of ISOLATIONS) {
  describe(`isolation ${isolation}`, function () {
    this.timeout(30_000)

    it('gives each unit its own output, cases and verdict', () =>
      withPool({}, async (pool) => {
        for (const word of ['one', 'two', 'three']) {
          const unit = start(pool, action('print', `out ${word}`, `err ${word}`), isolation)
          const end = await unit.done
          assert.deepEqual(end.outcome, { status: 'passed' })
          assert.equal(end.stdout.data.toString(), `out ${word}\n`)
          assert.equal(end.stderr.data.toString(), `err ${word}\n`)
          assert.equal(end.unfit, undefined)
          assert.deepEqual(end.notes, [])
          assert.deepEqual(
            unit.cases.map(({ path }) => path),
            [['print']],
          )
        }
      }))

    it('gives the unit its folder, environment, home and time zone', () =>
      withPool({}, async (pool) => {
        for (const [colour, zone, hour] of [
          ['red', 'Asia/Tokyo', '9'],
          ['blue', 'UTC', '0'],
        ] as const) {
          const env = { ...ENV, COLOUR: colour, HOME: `/home/${colour}`, TZ: zone }
          const unit = start(pool, action('where'), isolation, { env })
          await unit.done
          assert.deepEqual(unit.cases[0]?.path.slice(0, 4), [
            realpathSync(tmpdir()),
            colour,
            `/home/${colour}`,
            hour,
          ])
        }
      }))

    it('keeps the order of each stream', () =>
      withPool({}, async (pool) => {
        const { stdout, stderr } = await start(pool, action('printNumbers', 2000), isolation).done
        const numbers = Array.from({ length: 2000 }, (_, at) => at)
        assert.equal(stdout.data.toString(), numbers.map((at) => `out ${at}\n`).join(''))
        assert.equal(stderr.data.toString(), numbers.map((at) => `err ${at}\n`).join(''))
      }))

    it('tells 5,000 quick cases in order', () =>
      withPool({}, async (pool) => {
        const unit = start(pool, action('cases', 5000), isolation)
        await unit.done
        const names = unit.cases.slice(0, -1).map(({ path }) => path[1])
        assert.deepEqual(
          names,
          Array.from({ length: 5000 }, (_, at) => `case ${at}`),
        )
      }))

    it('captures what a child of the test prints', () =>
      withPool({}, async (pool) => {
        const { stdout } = await start(pool, action('printInChild'), isolation).done
        assert.equal(stdout.data.toString(), 'from the child\n')
      }))

    it('reports a process that dies in a test as crashed, and goes on', () =>
      withPool({}, async (pool) => {
        const unit = start(pool, action('killOwnProcess'), isolation)
        const { outcome } = await unit.done
        assert.equal(outcome.status, 'crashed')
        assert.deepEqual(
          unit.cases.map(({ path }) => path[0]),
          ['begun'],
        )
        assert.deepEqual((await start(pool, action('pass'), isolation).done).outcome, { status: 'passed' })
      }))

    it('reports an exception outside of any test as crashed, with its stack in stderr', () =>
      withPool({}, async (pool) => {
        const { outcome, stderr } = await start(pool, action('throwLate'), isolation).done
        assert.equal(outcome.status, 'crashed')
        if (isolation !== 'thread') assert.match(stderr.data.toString(), /thrown outside of any test/)
      }))

    it('believes no exit in the middle, whatever its code', () =>
      withPool({}, async (pool) => {
        const { outcome, unfit } = await start(pool, action('exit', 0), isolation).done
        assert.equal(outcome.status, 'crashed')
        assert.equal(unfit !== undefined, isolation === 'thread')
      }))
  })
}

/** How many processes three units in a row see. */
async function processes(isolation: (typeof ISOLATIONS)[number]): Promise<number> {
  const pids = new Set<string | undefined>()
  await withPool({}, async (pool) => {
    for (const _ of [1, 2, 3]) {
      const unit = start(pool, action('where'), isolation)
      await unit.done
      pids.add(unit.cases[0]?.path[4])
    }
  })
  return pids.size
}

describe('what isolations share and keep apart', function () {
  this.timeout(30_000)

  it('shares globals only in none', async () => {
    for (const [isolation, expected] of [
      ['thread', ['1', '1']],
      ['process', ['1', '1']],
      ['none', ['1', '2']],
    ] as const) {
      await withPool({}, async (pool) => {
        const seen: (string | undefined)[] = []
        for (const _ of [1, 2]) {
          const unit = start(pool, action('leaveGlobal'), isolation)
          await unit.done
          seen.push(unit.cases[0]?.path[0])
        }
        assert.deepEqual(seen, expected, isolation)
      })
    }
  })

  it('reuses the process for threads and none, never for process', async () => {
    assert.deepEqual(
      [await processes('thread'), await processes('none'), await processes('process')],
      [1, 1, 3],
    )
  })

  it('ends a unit in a process that waits for nothing, as node would', () =>
    withPool({}, async (pool) => {
      const { outcome } = await start(pool, action('waitForNothing'), 'process').done
      assert.equal(outcome.status, 'crashed')
    }))
})

describe('what a thread can not do', function () {
  this.timeout(30_000)

  it('says so: running out of memory', () =>
    withPool({}, async (pool) => {
      const env = { ...ENV, NODE_OPTIONS: '--max-old-space-size=64' }
      const { unfit } = await start(pool, action('exhaustMemory'), 'thread', { env }).done
      assert.equal(typeof unfit, 'string')
    }))

  for (const name of ['chdirSwallowed', 'abort', 'exit', 'killOwnProcess'] as const) {
    it(`says so: ${name}`, () =>
      withPool({}, async (pool) => {
        const { unfit } = await start(pool, action(name, 0), 'thread').done
        assert.equal(typeof unfit, 'string')
        const after = await start(pool, action('pass'), 'thread').done
        assert.equal(after.unfit, undefined)
        assert.deepEqual(after.outcome, { status: 'passed' })
      }))
  }
})
