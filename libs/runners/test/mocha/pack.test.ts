import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MochaInput } from '../../src/mocha/input.ts'
import { ensurePack } from '../../src/mocha/pack-store.ts'
import { CONTEXT, fixtureSuite, prepareMocha } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

const GOOD = [{ passed: 2, failed: 0, skipped: 0 }]

describe('mocha: the pack', () => {
  let cacheDir = ''
  beforeEach(async () => (cacheDir = await mkdtemp(join(tmpdir(), 'mocha-pack-'))))
  afterEach(() => rm(cacheDir, { recursive: true }))

  it('is built once, whole, and used', async () => {
    const programs = await Promise.all(
      [1, 2, 3].map(() => prepareMocha(fixtureSuite('import-mocha'), { ...CONTEXT, cacheDir })),
    )
    const packs = programs.map(({ input }) => (input as MochaInput).pack)
    assert.notEqual(packs[0], null)
    assert.deepEqual(packs[1], packs[0])
    const entries = await readdir(cacheDir)
    assert.equal(entries.length, 1)
    assert.deepEqual((await runProgram(programs[0]!)).ends, GOOD)
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
    const program = await prepareMocha(fixtureSuite('import-mocha'), { ...CONTEXT, cacheDir })
    const { pack } = program.input as MochaInput
    await writeFile(pack!.cache, 'not a code cache')
    assert.deepEqual((await runProgram(program)).ends, GOOD)
    await writeFile(pack!.code, '(function () { throw new Error("damaged") })')
    assert.deepEqual((await runProgram(program)).ends, GOOD)
    await rm(pack!.code)
    assert.deepEqual((await runProgram(program)).ends, GOOD)
  })

  it("that can't be built gives way to mocha itself", async () => {
    await writeFile(join(cacheDir, 'file'), '')
    const context = { ...CONTEXT, cacheDir: join(cacheDir, 'file', 'below') }
    const program = await prepareMocha(fixtureSuite('import-mocha'), context)
    assert.equal((program.input as MochaInput).pack, null)
    assert.deepEqual((await runProgram(program)).ends, GOOD)
  })
})
