import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { putOff } from '../../src/mocha/put-off.ts'

const require = createRequire(import.meta.url)
const loads = (): unknown => (globalThis as { dearLoads?: number }).dearLoads

describe('mocha: modules that are put off', () => {
  let dir = ''
  before(async () => (dir = await mkdtemp(join(tmpdir(), 'put-off-'))))
  after(() => rm(dir, { recursive: true }))

  it('are loaded by the first who wants something of them, and by whoever requires them later', async () => {
    const [dear, importer] = [join(dir, 'dear.cjs'), join(dir, 'importer.cjs')]
    await writeFile(dear, 'exports.loaded = globalThis.dearLoads = (globalThis.dearLoads ?? 0) + 1')
    await writeFile(
      importer,
      'const dear = require("./dear.cjs"); const { loaded } = dear; exports.early = loaded; exports.late = () => dear.loaded',
    )
    const loaded = putOff([dear])
    const { early, late } = require(importer) as { early: unknown; late: () => unknown }
    loaded()
    assert.deepEqual([early, loads()], [undefined, undefined])
    assert.deepEqual([late(), late(), loads()], [1, 1, 1])
    assert.deepEqual({ ...(require(dear) as object) }, { loaded: 1 })
    // What is loaded stays as it is.
    putOff([dear])()
    assert.deepEqual({ ...(require(dear) as object) }, { loaded: 1 })
    delete (globalThis as { dearLoads?: number }).dearLoads
  })
})
