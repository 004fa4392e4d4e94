import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MochaFiles } from '../../src/mocha/input.ts'
import { cachedOptions, forgetConfigs } from '../../src/mocha/options-cache.ts'
import type { OptionsReply } from '../../src/mocha/options-protocol.ts'

const MOCHA: MochaFiles = {
  dir: '/somewhere/mocha',
  version: '12.0.3',
  main: '',
  esmUtils: '',
  pluginLoader: '',
}
const REPLY = { ok: true, nodeOptions: [], spec: [], file: [], files: null, said: [] } as const

describe('mocha: the options cache', () => {
  let dir: string
  let asked: number

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'mocha-options-'))
    asked = 0
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  const read = (
    more: { argv?: string[]; env?: Record<string, string> } = {},
    reply: Partial<Extract<OptionsReply, { ok: true }>> = {},
  ): Promise<OptionsReply> => {
    const { argv = [], env = {} } = more
    return cachedOptions(
      join(dir, 'cache'),
      MOCHA,
      { mochaDir: MOCHA.dir, dir, argv, env, collect: true },
      () => {
        asked++
        return Promise.resolve({ ...REPLY, options: { asked }, ...reply })
      },
    )
  }

  it('asks once for the same question', async () => {
    assert.deepEqual(await read(), await read())
    assert.equal(asked, 1)
  })

  it('asks again for other arguments and for other MOCHA variables, not for other ones', async () => {
    await read()
    await read({ env: { HOME: '/elsewhere' } })
    assert.equal(asked, 1)
    await read({ argv: ['--bail'] })
    await read({ env: { MOCHA_OPTIONS: '--bail' } })
    assert.equal(asked, 3)
  })

  it('asks each time when code decides', async () => {
    writeFileSync(join(dir, '.mocharc.cjs'), 'module.exports = {}')
    await read()
    await read()
    await read({ argv: ['--config=other.mjs'] })
    assert.equal(asked, 3)
  })

  it('asks each time when the answer lists files, fails, or holds what JSON cannot', async () => {
    await read({}, { spec: ['test/*.js'] })
    await read({}, { options: { grep: /x/ } })
    await read({}, { options: { timeout: Number.POSITIVE_INFINITY } })
    assert.equal(asked, 3)
  })
})

describe('mocha: the options cache, when a config changes', () => {
  it('asks again', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'mocha-options-'))
    let asked = 0
    const read = (config: string): Promise<OptionsReply> => {
      writeFileSync(join(dir, 'custom.json'), config)
      const argv = ['--config=custom.json']
      return cachedOptions(
        join(dir, 'cache'),
        MOCHA,
        { mochaDir: MOCHA.dir, dir, argv, env: {}, collect: true },
        () => {
          asked++
          return Promise.resolve({ ...REPLY, options: {} })
        },
      )
    }
    try {
      await read('{"bail":true}')
      forgetConfigs()
      await read('{"bail":true}')
      assert.equal(asked, 1)
      forgetConfigs()
      await read('{"bail":false}')
      assert.equal(asked, 2)
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  })
})
