import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forgetConfigs, partiesOf } from '../../src/mocha/options-cache.ts'
import { askOptions } from '../../src/mocha/options-client.ts'
import { resolveMocha } from '../../src/mocha/resolve-mocha.ts'
import { ROOT } from '../support/fixtures.ts'

describe('mocha: the process that reads options', () => {
  let dir = ''
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mocha-options-'))
    await symlink(join(ROOT, 'node_modules'), join(dir, 'node_modules'), 'junction')
  })
  after(() => rm(dir, { recursive: true }))

  const ask = async (): Promise<[string, unknown]> => {
    const mocha = resolveMocha(dir)
    assert.ok(mocha.ok)
    const request = { mochaDir: mocha.value.dir, dir, argv: [], env: {}, collect: false }
    const parties = partiesOf(mocha.value, request)
    const reply = await askOptions(request, parties)
    assert.ok(reply.ok, JSON.stringify(reply))
    return [parties, reply.options['timeout']]
  }

  it('reads data with no more of mocha than that takes, and has all of it for a config that is code', async () => {
    await writeFile(join(dir, '.mocharc.json'), '{ "timeout": 1234 }')
    assert.deepEqual(await ask(), ['data', 1234])
    await rm(join(dir, '.mocharc.json'))
    forgetConfigs()
    const config =
      "import Mocha, { reporters } from 'mocha'\nnew Mocha()\nexport default { timeout: reporters.Spec ? 4321 : 0 }\n"
    // Mocha looks for `.mjs` since 12.
    await writeFile(join(dir, '.mocharc.mjs'), config)
    assert.deepEqual(await ask(), ['code', 4321])
  })

  it('lets a mocha that needs all of itself at once have it', async () => {
    const cli = join(dir, 'other/lib/cli')
    await mkdir(cli, { recursive: true })
    const files = {
      '../mocha.cjs': "exports.needed = { at: 'once' }",
      'watch-run.cjs': '',
      'options.cjs':
        "const { at } = require('../mocha.cjs').needed\nexports.loadOptions = () => ({ _: [], at })",
      'node-flags.cjs': 'exports.isNodeFlag = () => false\nexports.unparseNodeFlags = () => []',
      'collect-files.cjs': 'module.exports = () => []',
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(cli, name), text)
    const request = { mochaDir: join(dir, 'other'), dir, argv: [], env: {}, collect: false }
    const reply = await askOptions(request, 'data')
    assert.deepEqual(reply.ok && reply.options, { _: undefined, at: 'once' })
  })
})
