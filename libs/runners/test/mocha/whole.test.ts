import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CONTEXT, prepareMocha, suiteAt } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

const PASSES = "describe('group', () => { it('passes', () => {}) })"
const HELPER = 'exports.mochaHooks = { beforeAll() {}, beforeEach() {}, afterEach() {}, afterAll() {} }'

interface Row {
  readonly files: Readonly<Record<string, string>>
  readonly options?: Readonly<Record<string, unknown>>
  readonly whole?: RegExp
}

const TABLE: Readonly<Record<string, Row>> = {
  'two plain files': { files: { 'a.spec.js': PASSES, 'b.spec.js': PASSES } },
  'tests outside all groups': { files: { 'a.spec.js': "it('a', () => {})", 'b.spec.js': PASSES } },
  'hooks of a plugin': {
    files: { 'a.spec.js': PASSES, 'hooks.js': HELPER },
    options: { require: ['./hooks.js'] },
  },
  'hooks of the "file" option': {
    files: { 'a.spec.js': PASSES, 'first.js': 'beforeEach(() => {})' },
    options: { file: ['first.js'] },
  },
  'an import of types': {
    files: { 'a.spec.js': `/* import type { A } from './b.spec.js' */\n${PASSES}`, 'b.spec.js': PASSES },
  },
  'tests of the "file" option': {
    files: { 'a.spec.js': PASSES, 'first.js': PASSES },
    options: { file: ['first.js'] },
    whole: /^first\.js has tests, which every part would run$/,
  },
  ...Object.fromEntries(
    ['before', 'beforeEach', 'after', 'afterEach'].map((hook) => [
      `a root ${hook}`,
      {
        files: { 'a.spec.js': PASSES, 'b.spec.js': `${PASSES}\n${hook}(() => {})` },
        whole: /^b\.spec\.js has a hook outside all groups/,
      },
    ]),
  ),
  'a root hook of a helper': {
    files: { 'a.spec.js': `require('./helper.js')\n${PASSES}`, 'helper.js': 'afterEach(() => {})' },
    whole: /^a\.spec\.js has a hook outside all groups/,
  },
  'it.only': { files: { 'a.spec.js': "it.only('a', () => {})" }, whole: /"\.only"/ },
  'describe.only': { files: { 'a.spec.js': PASSES.replace('describe', 'describe.only') }, whole: /"\.only"/ },
  bail: { files: { 'a.spec.js': PASSES }, options: { bail: true }, whole: /"bail"/ },
  'a group that bails': {
    files: { 'a.spec.js': "describe('picky', function () { this.bail(true); it('a', () => {}) })" },
    whole: /^"picky" of a\.spec\.js bails/,
  },
  delay: {
    files: { 'a.spec.js': `${PASSES}\nsetImmediate(run)` },
    options: { delay: true },
    whole: /"delay"/,
  },
  'fail-zero': { files: { 'a.spec.js': PASSES }, options: { failZero: true }, whole: /"fail-zero"/ },
  'a global set-up': {
    files: { 'a.spec.js': PASSES, 'global.js': 'exports.mochaGlobalSetup = () => {}' },
    options: { require: ['./global.js'] },
    whole: /global set-up/,
  },
  'a global tear-down': {
    files: { 'a.spec.js': PASSES, 'global.js': 'exports.mochaGlobalTeardown = [async () => {}]' },
    options: { require: ['./global.js'] },
    whole: /global set-up and tear-down/,
  },
  'a group that stays open': {
    files: {
      'a.spec.js': "suite('open'); test('a', () => {})",
      'b.spec.js': "test('b', () => {})",
      'z.spec.js': '',
    },
    options: { ui: 'qunit' },
    whole: /^b\.spec\.js adds tests to "open" of a\.spec\.js$/,
  },
  'a test file that requires another': {
    files: { 'a.spec.js': PASSES, 'b.spec.js': `require('./a.spec')\n${PASSES}` },
    whole: /^b\.spec\.js loads a\.spec\.js/,
  },
  'a test file that imports another': {
    files: { 'a.spec.mjs': PASSES, 'b.spec.mjs': `import './a.spec.mjs'\n${PASSES}` },
    whole: /^b\.spec\.mjs loads a\.spec\.mjs/,
  },
}

describe('mocha: what must not be split', () => {
  let root = ''
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'mocha-whole-'))
    await symlink(join(CONTEXT.root, 'node_modules'), join(root, 'node_modules'))
  })
  afterEach(() => rm(root, { recursive: true }))

  for (const [name, { files, options = {}, whole }] of Object.entries(TABLE)) {
    it(`${name}: ${whole ? 'whole' : 'may be split'}`, async () => {
      // With one file there is nothing to split.
      for (const [file, text] of Object.entries({ 'z.spec.js': PASSES, ...files }))
        await writeFile(join(root, file), text)
      const suite = suiteAt('.', { name: 'mocha', options })
      const { closing, stderr } = await runProgram(await prepareMocha(suite, { ...CONTEXT, root }))
      assert.ok(closing, stderr)
      if (whole) assert.match(closing.whole ?? '', whole)
      else assert.equal(closing.whole, undefined)
    }).timeout(20_000)
  }

  it('a part knows the files that it does not load', async () => {
    await writeFile(join(root, 'a.spec.js'), PASSES)
    await writeFile(join(root, 'b.spec.js'), `require('./a.spec.js')\n${PASSES}`)
    const suite = suiteAt('.', { name: 'mocha', options: {} })
    const program = await prepareMocha(suite, { ...CONTEXT, root }, { files: ['b.spec.js'] })
    assert.match((await runProgram(program)).closing?.whole ?? '', /^b\.spec\.js loads a\.spec\.js/)
  }).timeout(20_000)
})
