import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { compareInputs, readInputs, writeInputs } from '../../src/nx/input-manifest.ts'
import { readNxJson } from '../../src/nx/read-nx-json.ts'
import type { TaskHash } from '../../src/nx/hash-tasks.ts'

const taskHash = (
  files: Record<string, string>,
  nodes: Record<string, string> = {},
  hash = 'h',
): TaskHash => ({ hash, nodes, files })

describe('what changed between two hashes', () => {
  it('is told in files, and in inputs that are no files', () => {
    const before = taskHash(
      { same: '1', changed: '1', gone: '1' },
      { 'env:PORT': '1', 'a:{projectRoot}/**/*': '1', 'npm:x': '1' },
    )
    const after = taskHash(
      { same: '1', changed: '2', fresh: '1' },
      { 'env:PORT': '2', 'a:{projectRoot}/**/*': '2', 'runtime:node': '1' },
    )
    assert.deepEqual(compareInputs(before, after), {
      changed: ['changed'],
      added: ['fresh'],
      removed: ['gone'],
      other: ['env:PORT', 'npm:x', 'runtime:node'],
    })
  })

  const files = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__x'),
    fc.constantFrom('1', '2'),
  )
  it('accounts for every file once, and is nothing between equals', () => {
    fc.assert(
      fc.property(files, files, (one, two) => {
        const { changed, added, removed } = compareInputs(taskHash(one), taskHash(two))
        const same = Object.keys(one).filter((name) => Object.hasOwn(two, name) && one[name] === two[name])
        const all = new Set([...Object.keys(one), ...Object.keys(two)])
        assert.deepEqual([...changed, ...added, ...removed, ...same].toSorted(), [...all].toSorted())
        const back = compareInputs(taskHash(two), taskHash(one))
        assert.deepEqual([back.added, back.removed, back.changed], [removed, added, changed])
      }),
    )
  })
})

describe('the manifest of inputs', () => {
  let root = ''
  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'muster-inputs-'))))
  afterEach(() => rmSync(root, { recursive: true }))

  it('holds the last content and the one before, not the same one twice', () => {
    assert.equal(readInputs(root, '@x/a'), undefined)
    const [first, second] = [taskHash({ a: '1' }, {}, 'h1'), taskHash({ a: '2' }, {}, 'h2')]
    writeInputs(root, '@x/a', first)
    assert.deepEqual(readInputs(root, '@x/a'), { current: first })
    writeInputs(root, '@x/a', second)
    writeInputs(root, '@x/a', second)
    assert.deepEqual(readInputs(root, '@x/a'), { current: second, previous: first })
  })

  it('is begun anew when it is damaged', () => {
    mkdirSync(path.join(root, '.muster/inputs'), { recursive: true })
    writeFileSync(path.join(root, '.muster/inputs/a.json'), '{"current":')
    assert.equal(readInputs(root, 'a'), undefined)
    writeInputs(root, 'a', taskHash({}))
    assert.deepEqual(readInputs(root, 'a'), { current: taskHash({}) })
  })

  it('nx.json is read as Nx reads it, with comments', () => {
    writeFileSync(path.join(root, 'nx.json'), '{\n  // ours\n  "plugins": ["@muster/nx"],\n}')
    assert.deepEqual(readNxJson(root).plugins, ['@muster/nx'])
    writeFileSync(path.join(root, 'nx.json'), '{')
    assert.throws(() => readNxJson(root))
  })
})
