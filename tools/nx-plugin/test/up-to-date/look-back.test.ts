import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NxOrder } from '../../src/nx/nx-order.ts'
import { isRepeatable, remember, stampBefore, stillTrue } from '../../src/up-to-date/look-back.ts'
import { writeTaskFacts } from '../../src/up-to-date/task-facts.ts'

const RUN = 'r1'
const HITS = [{ task: 'a:test', suite: 'a', hash: '77' }]

describe('what a run leaves for the next one', () => {
  let root: string
  let order: NxOrder
  const write = (file: string, text = file): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'muster-look-'))
    for (const file of ['nx.json', 'a/code.js', '.nx/cache/77/output', 'node_modules/nx/nx.js']) write(file)
    order = {
      root,
      nx: path.join(root, 'node_modules/nx/nx.js'),
      target: 'test',
      affected: false,
      skipCache: false,
      overrides: [],
    }
  })
  afterEach(() => rmSync(root, { recursive: true }))

  /** A run of 30 s that does `meanwhile`, and passes. */
  const run = (
    meanwhile: () => void = () => {},
    outputs: readonly string[] = ['dist/**/*.js', '.muster/evidence/a'],
  ) => {
    const before = stampBefore(order)
    assert.ok(before)
    meanwhile()
    const entries = [path.join(root, '.nx/cache/77')]
    writeTaskFacts(root, { run: RUN, repeatable: { hits: HITS, outputs, entries, env: ['ZONE'] } })
    // The files of this test are only just written.
    remember(order, RUN, before, before.newestMs + 1000)
  }
  const answer = (changed: Partial<NxOrder> = {}, env: NodeJS.ProcessEnv = process.env) =>
    stillTrue({ ...order, ...changed }, env)?.hits

  it('are its answers, as long as all is the same', () => {
    assert.equal(answer(), undefined)
    run()
    assert.deepEqual(answer(), HITS)
    assert.deepEqual(answer(), HITS)
  })

  it('are its answers, whatever it writes into its outputs and Muster’s own folders', () => {
    run(() =>
      ['dist/deep/built.js', '.muster/evidence/a/x', 'reports/latest/run.json'].forEach((each) =>
        write(each),
      ),
    )
    write('reports/latest/run.json', 'of a later run')
    assert.deepEqual(answer(), HITS)
    write('dist/deep/built.js', 'by hand')
    assert.equal(answer(), undefined)
  })

  for (const [what, meanwhile] of [
    ['a file was changed', () => write('a/code.js', 'edited')],
    ['a file was added', () => write('a/new.js')],
    ['a file was deleted', () => rmSync(path.join(root, 'a/code.js'))],
    ['something was written beside its outputs', () => write('distant/x.js')],
  ] as const)
    it(`is nothing when, while it ran, ${what}`, () => {
      run(meanwhile)
      assert.equal(answer(), undefined)
    })

  it('is nothing when a file was changed just before: it may have been changed again unseen', () => {
    const before = stampBefore(order)
    assert.ok(before)
    writeTaskFacts(root, { run: RUN, repeatable: { hits: HITS, outputs: [], entries: [], env: [] } })
    remember(order, RUN, before, before.newestMs + 1)
    assert.equal(answer(), undefined)
  })

  for (const [what, change] of [
    ['Nx was reset', () => rmSync(path.join(root, '.nx'), { recursive: true })],
    ['packages were installed', () => write('node_modules/.package-lock.json')],
    ['Nx was replaced', () => utimesSync(path.join(root, 'node_modules/nx/nx.js'), 1, 1)],
    ['the record is gone', () => rmSync(path.join(root, '.muster/cache'), { recursive: true })],
  ] as const)
    it(`doesn't count when ${what}`, () => {
      run()
      change()
      assert.equal(answer(), undefined)
    })

  for (const rubbish of ['', 'null', '{', '[]', '{"env":1}', '{"env":[]}'])
    it(`doesn't count when its record reads ${JSON.stringify(rubbish)}`, () => {
      run()
      const folder = '.muster/cache/passed-runs'
      for (const name of readdirSync(path.join(root, folder))) write(path.join(folder, name), rubbish)
      assert.equal(answer(), undefined)
    })

  it("doesn't count for another order, or other variables that matter", () => {
    run()
    assert.equal(answer({ target: 'bench' }), undefined)
    assert.equal(answer({ projects: ['directory:a'] }), undefined)
    for (const name of ['ZONE', 'NX_BAIL', 'NODE_OPTIONS', 'MUSTER_LABELS'])
      assert.equal(answer({}, { ...process.env, [name]: 'other' }), undefined, name)
    assert.deepEqual(answer({}, { ...process.env, SHLVL: '7' }), HITS)
  })

  it('is nothing after an order that Nx is always asked about', () => {
    assert.equal(isRepeatable(order), true)
    for (const change of [{ affected: true }, { skipCache: true }, { overrides: ['--failed'] }])
      assert.equal(isRepeatable({ ...order, ...change }), false)
  })
})
