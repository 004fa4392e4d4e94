import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { packPlace } from '../../src/nx/code-pack/pack-place.ts'

const INDEX = `#!/usr/bin/env node
const { word } = require('./lib/word')
module.exports = {
  word,
  name: require('dependency').name,
  later: typeof require('./lib/later').load().then,
  here: __dirname === require('node:path').dirname(__filename),
  found: require.resolve('./lib/word') === require.cache[require.resolve('./lib/word')].filename,
  children: module.children.length,
  strict: this === module.exports,
}
`

const files: Readonly<Record<string, string>> = {
  'node_modules/demo/package.json': '{"name":"demo","main":"index.js"}',
  'node_modules/demo/index.js': INDEX,
  'node_modules/demo/lib/later.js': "exports.load = () => import('./word.js')\n",
  'node_modules/demo/lib/word.js': "exports.word = 'Grüße'\n",
  'node_modules/dependency/package.json': '{"name":"dependency"}',
  'node_modules/dependency/index.js': "exports.name = 'hoisted'\n",
}

type Exported = Readonly<Record<string, unknown>>

/** Runs a fixture in a process of its own; module hooks can't be taken back. */
async function run(fixture: 'record' | 'use', root: string): Promise<Exported> {
  const script = fileURLToPath(new URL(`./fixtures/${fixture}.ts`, import.meta.url))
  const args = [...process.execArgv, script, path.join(root, 'main.js'), path.join(root, 'demo.pack')]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as Exported
}

describe('a pack of installed code', function () {
  this.timeout(30_000)
  let root: string
  let recorded: Exported
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true })
    await writeFile(path.join(root, file), text)
  }

  beforeEach(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'muster-pack-')))
    for (const [file, text] of Object.entries(files)) await write(file, text)
    recorded = await run('record', root)
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  it('gives the same exports as the files', async () => {
    assert.deepEqual(recorded, {
      word: 'Grüße',
      name: 'hoisted',
      here: true,
      found: true,
      children: 3,
      strict: true,
      later: 'function',
    })
    assert.deepEqual(await run('use', root), { ...recorded, packed: true })
  })

  it('is where the code comes from: a file that only looks the same is not read', async () => {
    const file = path.join(root, 'node_modules/dependency/index.js')
    const time = new Date(2020, 1, 1)
    await utimes(file, time, time)
    await run('record', root)
    await writeFile(
      file,
      "exports.name = 'changed'\n".slice(0, files['node_modules/dependency/index.js']?.length),
    )
    await utimes(file, time, time)
    assert.equal((await run('use', root))['name'], 'hoisted')
  })

  it('is passed over for a file that was changed', async () => {
    await write('node_modules/demo/lib/word.js', "exports.word = 'changed'\n")
    assert.equal((await run('use', root))['word'], 'changed')
  })

  it('is passed over for a file that went elsewhere', async () => {
    await rm(path.join(root, 'node_modules/dependency'), { recursive: true })
    await write('node_modules/demo/node_modules/dependency/index.js', "exports.name = 'nested'\n")
    assert.equal((await run('use', root))['name'], 'nested')
  })

  it('is no pack when it is torn', async () => {
    await truncate(path.join(root, 'demo.pack'), 100)
    assert.deepEqual(await run('use', root), { ...recorded, packed: false })
  })

  it('gets another name when something was installed', async () => {
    await write('nx.js', '')
    const nx = path.join(root, 'nx.js')
    const before = packPlace(root, nx)
    assert.equal(packPlace(root, nx), before)
    await write('node_modules/.package-lock.json', '{}')
    assert.notEqual(packPlace(root, nx), before)
  })
})
