import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { changedFiles, digestOf, stampWorkspace } from '../../src/up-to-date/stamp-workspace.ts'

describe("the stamp of a workspace's files", () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'muster-stamp-'))
    for (const folder of ['a/node_modules/dep', '.muster', '.git', 'out'])
      mkdirSync(path.join(root, folder), { recursive: true })
    for (const file of [
      'nx.json',
      'a/code.js',
      'a/node_modules/dep/index.js',
      '.muster/own',
      '.git/HEAD',
      'out/x',
    ])
      writeFileSync(path.join(root, file), 'one')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const stamp = () => {
    const found = stampWorkspace(root, new Set(['.muster']))
    assert.ok(found)
    return found
  }
  /** What is new after `change`. */
  const changesBy = (change: (file: (name: string) => string) => void): string[] => {
    const before = stamp()
    change((name) => path.join(root, name))
    const after = stamp()
    const changed = changedFiles(before, after)
    assert.equal(digestOf(before) === digestOf(after), changed.length === 0)
    return changed
  }

  it('has every file but what is installed, of git, or of the runs themselves', () =>
    assert.deepEqual([...stamp().files.keys()].sort(), ['a/code.js', 'nx.json', 'out/x']))

  it('is the same as long as files are only read', () =>
    assert.deepEqual(
      changesBy((file) => readFileSync(file('a/code.js'))),
      [],
    ))

  it('knows a file that is new, gone, or written to', () => {
    assert.deepEqual(
      changesBy((file) => writeFileSync(file('a/new.js'), '')),
      ['a/new.js'],
    )
    assert.deepEqual(
      changesBy((file) => rmSync(file('a/new.js'))),
      ['a/new.js'],
    )
    assert.deepEqual(
      changesBy((file) => writeFileSync(file('a/code.js'), 'other')),
      ['a/code.js'],
    )
  })

  it('is not deceived by the same size and a modification time that was put back', () => {
    const code = path.join(root, 'a/code.js')
    utimesSync(code, 1, 1)
    const changed = changesBy(() => {
      const { ctimeMs } = statSync(code)
      // The clock of the file system ticks every few milliseconds.
      do {
        writeFileSync(code, 'two')
        utimesSync(code, 1, 1)
      } while (statSync(code).ctimeMs === ctimeMs)
    })
    assert.deepEqual(changed, ['a/code.js'])
  })

  it('looks through a link to a file, and survives one that leads nowhere', () => {
    symlinkSync('a/code.js', path.join(root, 'link'))
    symlinkSync('nowhere', path.join(root, 'dangling'))
    assert.deepEqual(changesBy((file) => writeFileSync(file('a/code.js'), 'longer than before')).sort(), [
      'a/code.js',
      'link',
    ])
  })

  it('says when a file was changed last', () => {
    const before = stamp().newestMs
    writeFileSync(path.join(root, 'nx.json'), 'two')
    assert.ok(stamp().newestMs >= before)
    assert.ok(Math.abs(stamp().newestMs - Date.now()) < 60_000)
  })

  it('is not made of a folder that is not there', () =>
    assert.equal(stampWorkspace(path.join(root, 'none'), new Set()), undefined))
})
