import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

interface Module {
  readonly dir: string
  readonly modules: readonly string[]
  readonly entries: readonly string[]
}

const script = (name: string): string =>
  new URL(`../../../tools/scripts/lib/${name}.mjs`, import.meta.url).href
const { bundlePackage } = (await import(script('bundle-package'))) as {
  readonly bundlePackage: (order: Module & { readonly out: string }) => Promise<void>
}
const { unlistedPrograms } = (await import(script('unlisted-programs'))) as {
  readonly unlistedPrograms: (order: Module) => string[]
}

const MODULES: Readonly<Record<string, string>> = {
  'index.js': `import { program, quoted } from './deep/place.js'
export { program, quoted }
export const late = () => import('./deep/late.js')
`,
  // Both entries need it, so it moves into a chunk.
  'deep/place.js': `export const program = new URL('./program.js', import.meta.url).href
export const quoted = 'import.meta.url'
`,
  'deep/program.js': `export { program } from './place.js'
export const own = import.meta.url
`,
  'deep/late.js': 'export const where = import.meta.url\n',
}
const modules = Object.keys(MODULES)
const entries = ['index.js', 'deep/program.js']

describe('the bundle of a package', () => {
  let dir: string
  const bundled = (file: string): string => pathToFileURL(path.join(dir, 'bundle', file)).href
  const load = (file: string): Promise<Record<string, unknown>> => import(bundled(file))
  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'muster-bundle-'))
    for (const [file, text] of Object.entries({ 'package.json': '{"type":"module"}', ...inDist(MODULES) })) {
      await mkdir(path.dirname(path.join(dir, file)), { recursive: true })
      await writeFile(path.join(dir, file), text)
    }
    await bundlePackage({ dir, modules, entries, out: path.join(dir, 'bundle') })
  })
  after(() => rm(dir, { recursive: true, force: true }))

  it('has its entries where they were, and in each module the URL of where that was', async () => {
    const index = await load('index.js')
    const program = await load('deep/program.js')
    const late = await (index['late'] as () => Promise<Record<string, unknown>>)()
    assert.deepEqual([index['program'], program['program']], [program['own'], program['own']])
    assert.equal(program['own'], bundled('deep/program.js'))
    assert.equal(late['where'], bundled('deep/late.js'))
    assert.equal(index['quoted'], 'import.meta.url')
  })

  it('has each module once, and what is loaded when needed in a file of its own', async () => {
    const files = await readdir(path.join(dir, 'bundle'), { recursive: true })
    const sources = files
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFile(path.join(dir, 'bundle', file), 'utf8'))
    const texts = await Promise.all(sources)
    const holding = (text: string): string[] => texts.filter((each) => each.includes(text))
    assert.equal(holding('var quoted = ').length, 1)
    assert.equal(holding('var where = ').length, 1)
    assert.doesNotMatch(holding('var where = ')[0] ?? '', /var late = /)
  })

  it('is not made when a module is started by its path and is no entry', () => {
    assert.deepEqual(unlistedPrograms({ dir, modules, entries }), [])
    const [missing = '', ...others] = unlistedPrograms({ dir, modules, entries: ['index.js'] })
    assert.match(missing, /^deep\/place\.js starts deep\/program\.js, which is not in PROGRAMS/)
    assert.deepEqual(others, [])
  })
})

const inDist = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`dist/${file}`, text]))
