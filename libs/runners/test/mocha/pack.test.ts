import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InProcessProgram } from '../../src/index.ts'
import type { MochaInput, Pack } from '../../src/mocha/input.ts'
import { ensurePack } from '../../src/mocha/pack-store.ts'
import { fixtureSuite, MOCHA_CONTEXT, prepareMocha } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

const GOOD = [{ passed: 2, failed: 0, skipped: 0 }]

describe('mocha: the pack', () => {
  let cacheDir = ''
  beforeEach(async () => (cacheDir = await mkdtemp(join(tmpdir(), 'mocha-pack-'))))
  afterEach(() => rm(cacheDir, { recursive: true }))

  const prepare = (): Promise<InProcessProgram> =>
    prepareMocha(fixtureSuite('import-mocha'), { ...MOCHA_CONTEXT, cacheDir })

  /** The first units don't wait for it. */
  const prepareWithPack = async (): Promise<{ program: InProcessProgram; pack: Pack }> => {
    await ensurePack(((await prepare()).input as MochaInput).mocha, cacheDir)
    const program = await prepare()
    const { pack } = program.input as MochaInput
    assert.ok(pack)
    return { program, pack }
  }

  it('is built once, whole, and used by the units that come when it is there', async () => {
    const early = await Promise.all([1, 2, 3].map(prepare))
    assert.deepEqual(
      early.map(({ input }) => (input as MochaInput).pack),
      [null, null, null],
    )
    const { program } = await prepareWithPack()
    const entries = await readdir(cacheDir, { withFileTypes: true })
    // A draft of somebody who builds it, too, and comes too late may still be there.
    const packs = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    assert.equal(packs.length, 1)
    for (const each of [early[0]!, program]) assert.deepEqual((await runProgram(each)).ends, GOOD)
  })

  it('survives builders that race without knowing each other', async () => {
    const { mocha } = (await prepareMocha(fixtureSuite('import-mocha'))).input as MochaInput
    const sibling = '../../src/mocha/pack-store.ts?another-process'
    const other = (await import(sibling)) as { ensurePack: typeof ensurePack }
    const [one, two] = await Promise.all([ensurePack(mocha, cacheDir), other.ensurePack(mocha, cacheDir)])
    assert.notEqual(one, null)
    assert.deepEqual(two, one)
    assert.equal((await readdir(cacheDir)).length, 1)
  })

  it('that is damaged gives way to mocha itself', async () => {
    const { program, pack } = await prepareWithPack()
    await writeFile(pack.cache, 'not a code cache')
    assert.deepEqual((await runProgram(program)).ends, GOOD)
    await writeFile(pack.code, '(function () { throw new Error("damaged") })')
    assert.deepEqual((await runProgram(program)).ends, GOOD)
    await rm(pack.code)
    assert.deepEqual((await runProgram(program)).ends, GOOD)
  })

  it("that can't be built gives way to mocha itself", async () => {
    await writeFile(join(cacheDir, 'file'), '')
    const context = { ...MOCHA_CONTEXT, cacheDir: join(cacheDir, 'file', 'below') }
    const program = await prepareMocha(fixtureSuite('import-mocha'), context)
    assert.equal((program.input as MochaInput).pack, null)
    assert.deepEqual((await runProgram(program)).ends, GOOD)
  })
})
