import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as fc from 'fast-check'
import { openMachineSemaphores } from '../src/machine/machine-semaphores.ts'
import { inScratch } from './support.ts'

const NAMES = ['db', 'gpu', 'port:1'] as const
const SIZES = { db: 3, gpu: 2 }

const heldArbitrary = fc.record({
  semaphores: fc.dictionary(fc.constantFrom(...NAMES), fc.integer({ min: 1, max: 4 }), { maxKeys: 2 }),
  exclusive: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
})

describe('machine-wide semaphores', function () {
  this.timeout(60_000)

  it('are never given out beyond their number, whoever asks', () =>
    inScratch(async (root) => {
      // Two connections, as two runs have them.
      const runs = [await openMachineSemaphores(SIZES, root), await openMachineSemaphores(SIZES, root)]
      const steps = fc.array(
        fc.record({ run: fc.nat(1), holder: fc.nat(3), held: heldArbitrary, leaves: fc.boolean() }),
        { maxLength: 30 },
      )
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          const inside = new Map<string, (typeof all)[number]['held']>()
          for (const { run, holder, held, leaves } of all) {
            const name = `${run}-${holder}`
            const semaphores = runs[run] ?? assert.fail()
            if (inside.has(name) || leaves) {
              await semaphores.release(name)
              inside.delete(name)
              continue
            }
            const refused = await semaphores.acquire(name, held)
            const others = [...inside.values()]
            const expected = wanted(held).filter(([what, count]) => !fits(what, count, others))
            assert.deepEqual(refused.toSorted(), expected.map(([what]) => what).toSorted())
            if (refused.length === 0) inside.set(name, held)
          }
          for (const [name] of inside) await runs[name.startsWith('0') ? 0 : 1]?.release(name)
        }),
        { numRuns: 60 },
      )
      for (const each of runs) each.close()
    }))

  it('are free as soon as their holder is gone, however it went', () =>
    inScratch(async (root) => {
      const module = new URL('../src/machine/machine-semaphores.ts', import.meta.url).href
      const program = `
        const { openMachineSemaphores } = await import(${JSON.stringify(module)})
        const semaphores = await openMachineSemaphores({}, ${JSON.stringify(root)})
        const refused = await semaphores.acquire('x', { semaphores: {}, exclusive: ['port:1'] })
        process.stdout.write(String(refused.length))
        process.kill(process.pid, 'SIGKILL')`
      const args = [...process.execArgv, '--input-type=module', '-e', program]
      const child = spawnSync(process.execPath, args, { encoding: 'utf8' })
      assert.equal(child.stdout, '0', child.stderr)
      assert.equal(child.signal, 'SIGKILL')
      const mine = await openMachineSemaphores({}, root)
      assert.deepEqual(await mine.acquire('y', { semaphores: {}, exclusive: ['port:1'] }), [])
      mine.close()
    }))
})

type Held = { readonly semaphores: Readonly<Record<string, number>>; readonly exclusive: readonly string[] }

const ALL = Number.POSITIVE_INFINITY

const wanted = ({ semaphores, exclusive }: Held): [string, number][] => [
  ...exclusive.map((name): [string, number] => [name, ALL]),
  ...Object.entries(semaphores).filter(([name]) => !exclusive.includes(name)),
]

function fits(name: string, count: number, others: readonly Held[]): boolean {
  const size = (SIZES as Record<string, number>)[name] ?? 1
  const taken = others.flatMap((held) => wanted(held)).filter(([what]) => what === name)
  if (count === ALL || taken.some(([, each]) => each === ALL)) return taken.length === 0
  return taken.reduce((sum, [, each]) => sum + each, 0) + Math.min(count, size) <= size
}
