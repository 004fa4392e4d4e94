import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { UnitPart } from '@muster/model'
import { RUNNERS } from '../../src/index.ts'
import type { MochaInput } from '../../src/mocha/input.ts'
import { CONTEXT, fixtureSuite, MOCHA_FIXTURES, prepareMocha, ROOT, suiteAt } from '../support/fixtures.ts'

const mocha = (options: Record<string, unknown>, config?: string) =>
  ({ name: 'mocha', options, ...(config !== undefined && { config }) }) as const

describe('mocha: prepare', () => {
  let root = ''
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'mocha-prepare-'))))
  afterEach(() => rm(root, { recursive: true }))
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(join(root, file, '..'), { recursive: true })
    await writeFile(join(root, file), text)
  }
  const install = () => symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const input = async (suite = suiteAt('a', mocha({}))) =>
    (await prepareMocha(suite, { ...CONTEXT, root })).input as MochaInput

  /** The command, and what mocha then counts. */
  const repeat = async (dir: string, part: UnitPart, options = {}): Promise<string> => {
    const { reproduce } = await prepareMocha(suiteAt(dir, mocha(options)), { ...CONTEXT, root }, part)
    const child = promisify(execFile)('sh', ['-c', reproduce], { cwd: root })
    const { stdout } = await child.catch((failed: { stdout: string }) => failed)
    return `${reproduce} → ${/\d+ passing/.exec(stdout)?.[0]}, ${/\d+ failing/.exec(stdout)?.[0] ?? 'none'}`
  }

  it('without mocha says how to install it', async () => {
    await write('a/a.spec.js', '')
    const prepared = await RUNNERS.mocha.prepare(suiteAt('a', mocha({})), { ...CONTEXT, root })
    assert.equal(prepared.ok, false)
    assert.equal(prepared.error.type, 'environment')
    assert.match(JSON.stringify(prepared.error), /npm i -D mocha/)
  })

  it('without files names the globs and the folder', async () => {
    await install()
    await mkdir(join(root, 'a'))
    const prepared = await RUNNERS.mocha.prepare(suiteAt('a', mocha({})), { ...CONTEXT, root })
    assert.deepEqual(prepared, {
      ok: false,
      error: {
        type: 'no-files',
        message: `No test file matches **/*.{test,spec}.{js,cjs,mjs,ts,cts,mts} in ${join(root, 'a')}.`,
      },
    })
  })

  for (const [file, text] of [
    ['.mocharc.json', '{"timeout": 1234, /* yes */ "check-leaks": true}'],
    ['.mocharc.jsonc', '{"timeout": 1234, /* yes */ "check-leaks": true}'],
    ['.mocharc.yml', 'timeout: 1234\ncheck-leaks: true'],
    ['.mocharc.yaml', 'timeout: 1234\ncheck-leaks: true'],
    ['.mocharc.js', 'module.exports = {timeout: 1234, "check-leaks": true}'],
    ['.mocharc.cjs', 'module.exports = {timeout: 1234, "check-leaks": true}'],
    ['.mocharc.mjs', 'export default {timeout: 1234, "check-leaks": true}'],
    ['package.json', '{"mocha": {"timeout": 1234, "check-leaks": true}}'],
    ['../.mocharc.json', '{"timeout": 1234, "check-leaks": true}'],
  ] as const) {
    it(`reads ${file}`, async () => {
      await install()
      await write(`a/${file}`, text)
      await write('a/a.spec.js', '')
      const { options } = await input()
      assert.equal(Number(options['timeout']), 1234)
      assert.equal(options['checkLeaks'], true)
    })
  }

  it('lets suite.json win over the config, and MOCHA_OPTIONS stand between', async () => {
    await install()
    await write('a/.mocharc.json', '{"timeout": 1, "retries": 1, "bail": true, "require": ["./one.js"]}')
    await write('a/other.json', '{"timeout": 7}')
    await write('a/a.spec.js', '')
    const context = { ...CONTEXT, root, env: { ...process.env, MOCHA_OPTIONS: '--retries 2 --timeout 2' } }
    const suite = suiteAt('a', mocha({ timeout: 3, bail: false, require: ['./two.js'] }))
    const { options } = (await prepareMocha(suite, context)).input as MochaInput
    assert.equal(Number(options['timeout']), 3)
    assert.equal(options['retries'], 2)
    assert.equal(options['bail'], false)
    assert.deepEqual([...(options['require'] as string[])].sort(), ['./one.js', './two.js'])
    const chosen = await input(suiteAt('a', mocha({}, 'other.json')))
    assert.equal(Number(chosen.options['timeout']), 7)
  })

  it('tells a broken config as an environment problem, and goes on with the next suite', async () => {
    await install()
    await write('a/.mocharc.json', '{')
    await write('a/a.spec.js', '')
    await write('b/b.spec.js', '')
    const prepared = await RUNNERS.mocha.prepare(suiteAt('a', mocha({})), { ...CONTEXT, root })
    assert.equal(prepared.ok, false)
    assert.match(prepared.error.message, /\.mocharc\.json/)
    assert.equal((await input(suiteAt('b', mocha({})))).files.length, 1)
  })

  it('sees an edited config', async () => {
    await install()
    await write('a/.mocharc.cjs', 'module.exports = {timeout: 1}')
    await write('a/a.spec.js', '')
    assert.equal(Number((await input()).options['timeout']), 1)
    await write('a/.mocharc.cjs', 'module.exports = {timeout: 2}')
    assert.equal(Number((await input()).options['timeout']), 2)
  })

  it('orders files as mocha does, without excluded, ignored and installed ones', async () => {
    await install()
    await write('a/.mocharc.json', '{"ignore": ["./skipped.spec.js"], "file": ["./z.js"]}')
    for (const name of [
      'b.spec.js',
      'a.spec.js',
      'B.spec.js',
      'sub/c.test.js',
      'skipped.spec.js',
      'out.spec.js',
      'z.js',
    ])
      await write(`a/${name}`, '')
    await write('a/node_modules/x/x.spec.js', '')
    const { files } = await input(suiteAt('a', mocha({}), { exclude: ['out.*'] }))
    assert.deepEqual(
      files.map((file) => basename(file)),
      ['z.js', 'a.spec.js', 'b.spec.js', 'B.spec.js', 'c.test.js'],
    )
  })

  it('passes node options on, and notes what it ignores', async () => {
    const program = await prepareMocha(fixtureSuite('passing-ts'))
    assert.deepEqual(program.nodeOptions, ['--import=tsx'])
    const { notes } = await prepareMocha(fixtureSuite('parallel'))
    assert.match(notes?.join('') ?? '', /parallel/)
  })

  it('gives a command that repeats the unit from the workspace root', async () => {
    await install()
    await write('package.json', '{"name": "rig"}')
    for (const name of ['passing-cjs', 'config-package', 'passing-ts', 'root-hooks'])
      await cp(join(ROOT, 'libs/runners/test/fixtures/mocha', name), join(root, "it's here", name), {
        recursive: true,
      })
    for (const [name, rest, passing] of [
      ['passing-cjs', {}, 3],
      ['passing-cjs', { include: ['b.*'] }, 1],
      ['config-package', {}, 1],
      ['config-package', { include: ['checks/a.cjs'] }, 1],
      ['passing-ts', {}, 1],
      ['root-hooks', {}, 1],
    ] as const) {
      const suite = suiteAt(`it's here/${name}`, mocha({ retries: 1, grep: '.*' }), rest)
      const { reproduce } = await prepareMocha(suite, { ...CONTEXT, root })
      const { stdout } = await promisify(execFile)('sh', ['-c', reproduce], { cwd: root })
      assert.match(stdout, new RegExp(`${passing} passing`), reproduce)
    }
  }).timeout(60_000)

  it('lists the test files in running order, without those that every part loads', async () => {
    await install()
    await write('a/.mocharc.json', '{"file": ["./b.spec.js"]}')
    for (const name of ['c.spec.js', 'b.spec.js', 'a/d.spec.js']) await write(`a/${name}`, '')
    const context = { ...CONTEXT, root }
    const suite = suiteAt('a', mocha({}))
    assert.deepEqual(await RUNNERS.mocha.files?.(suite, context), {
      ok: true,
      value: ['a/a/d.spec.js', 'a/c.spec.js'],
    })
    const part = await prepareMocha(suite, context, { files: ['a/c.spec.js'] })
    assert.deepEqual(
      (part.input as MochaInput).files.map((file) => basename(file)),
      ['b.spec.js', 'c.spec.js'],
    )
  })

  it('gives a command that repeats a part', async () => {
    await install()
    await write('package.json', '{"name": "rig"}')
    for (const name of ['parts', 'config-package'])
      await cp(join(MOCHA_FIXTURES, name), join(root, name), { recursive: true })
    const file = 'parts/a.spec.cjs'
    assert.equal(
      await repeat('parts', { files: [file, 'parts/b.spec.mjs'] }),
      '(cd parts && npx mocha a.spec.cjs b.spec.mjs) → 7 passing, 3 failing',
    )
    assert.equal(
      await repeat('parts', { cases: [{ file, path: ['twice'] }] }),
      "(cd parts && npx mocha a.spec.cjs '--grep=^twice$') → 1 passing, 1 failing",
    )
    const two = [
      { file: 'parts/b.spec.mjs', path: ['hooks', 'inner', 'number 2'] },
      { file, path: ['a', 'b'] },
    ]
    assert.equal(
      await repeat('parts', { cases: two }),
      "(cd parts && npx mocha a.spec.cjs b.spec.mjs '--grep=^(hooks inner number 2|a b)$') → 1 passing, 1 failing",
    )
    const hook = { file: 'parts/c.spec.cjs', path: ['broken', '"before all" hook for "one"'] }
    assert.equal(
      await repeat('parts', { cases: [hook] }),
      '(cd parts && npx mocha c.spec.cjs) → 1 passing, 1 failing',
    )
    assert.equal(
      await repeat('parts', { cases: two }, { grep: 'number' }),
      '(cd parts && npx mocha --grep=number a.spec.cjs b.spec.mjs) → 2 passing, 1 failing',
    )
    assert.match(
      await repeat('config-package', { files: ['config-package/checks/a.cjs'] }),
      /→ 1 passing, none$/,
    )
  }).timeout(60_000)
})
