import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findSuites, formatDiagnostic, loadSuites, PARSE_CACHE_FILE, readSuites } from '@muster/graph'

const here = dirname(fileURLToPath(import.meta.url))

describe('loadSuites', () => {
  let root: string
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'muster-graph-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('finds declarations, and no copies of them', async () => {
    const suite = '{"name":"a","kind":"unit"}'
    for (const folder of [
      'node_modules/x',
      'dist',
      'libs/b/dist',
      '.muster/x',
      '.nx',
      'reports',
      'coverage',
    ]) {
      put(`${folder}/suite.json`, suite)
    }
    put('suite.json', suite)
    put('libs/a/test/suite.json', suite)
    assert.deepEqual(await findSuites(root), ['libs/a/test/suite.json', 'suite.json'])
  })

  it('loads every file it can, whatever the others are like', async () => {
    put('a/suite.json', '{"name":"a","kind":"unit"}')
    put('b/suite.json', '{"name":"b" "kind":"unit"}')
    put('c/suite.json', '{"name":"c","kind":"unit","dependsOn":["a","zzzzzz"]}')
    mkdirSync(join(root, 'd/suite.json'), { recursive: true })
    const { graph, diagnostics } = await loadSuites(root)
    assert.deepEqual(
      graph.suites.map(({ id }) => id),
      ['a', 'c'],
    )
    assert.deepEqual(diagnostics.map(formatDiagnostic), [
      'b/suite.json:1:13  $  broken JSON: a comma is missing before this',
      'c/suite.json:1:44  $.dependsOn[1]  there is no suite "zzzzzz"',
    ])
  })

  it('says of a file that it can not be read', async () => {
    mkdirSync(join(root, 'd/suite.json'), { recursive: true })
    const [parsed] = await readSuites(root, ['d/suite.json'])
    assert.match(parsed?.diagnostics[0]?.message ?? '', /^the file can't be read: EISDIR/)
  })

  it('reads an unchanged file from its cache, and a changed one anew', async () => {
    put('a/suite.json', '{"name":"a","kind":"unit"}')
    await readSuites(root, ['a/suite.json'])
    const file = join(root, PARSE_CACHE_FILE)
    // What only the cache can know shows that it was used.
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"medium"', '"critical"'))
    assert.equal((await readSuites(root, ['a/suite.json']))[0]?.suite?.priority, 'critical')
    put('a/suite.json', '{"name":"a","kind":"chaos"}')
    const [parsed] = await readSuites(root, ['a/suite.json'])
    assert.deepEqual([parsed?.suite?.priority, parsed?.suite?.kind], ['medium', 'chaos'])
  })

  for (const junk of ['', '{', 'null', '[]', '{"parser":1}']) {
    it(`parses again when its cache holds ${JSON.stringify(junk)}`, async () => {
      put('a/suite.json', '{"name":"a","kind":"unit"}')
      put(PARSE_CACHE_FILE, junk)
      assert.equal((await readSuites(root, ['a/suite.json']))[0]?.name, 'a')
    })
  }

  it('works where nothing can be written', async () => {
    put('a/suite.json', '{"name":"a","kind":"unit"}')
    put('.muster', 'a file where the folder should be')
    assert.equal((await readSuites(root, ['a/suite.json']))[0]?.name, 'a')
  })

  it("doesn't load the schema library for an unchanged workspace", async () => {
    put('a/suite.json', '{"name":"a","kind":"unit"}')
    await readSuites(root, ['a/suite.json'])
    assert.equal(readWithoutZod(root).stdout, 'a unit\n')
    put('a/suite.json', '{"name":"a","kind":"chaos"}')
    assert.match(readWithoutZod(root).stderr, /zod was asked for/)
  })
})

/** Reads `a/suite.json` in a process of its own, in which zod can't be imported. */
function readWithoutZod(root: string): { stdout: string; stderr: string } {
  const hooks = `export const resolve = (name, context, next) => {
    if (name === 'zod') throw new Error('zod was asked for')
    return next(name, context)
  }`
  const register = `import { register } from 'node:module'; register(${JSON.stringify(asModule(hooks))})`
  const script = `import { readSuites } from '@muster/graph'
    const [{ suite }] = await readSuites(${JSON.stringify(root)}, ['a/suite.json'])
    console.log(suite.id, suite.kind)`
  return spawnSync(
    process.execPath,
    [
      '--import',
      'tsx',
      '--conditions=@muster/source',
      '--import',
      asModule(register),
      '--input-type=module',
      '-e',
      script,
    ],
    { cwd: here, encoding: 'utf8' },
  )
}

const asModule = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`
