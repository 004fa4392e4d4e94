import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { typedProgram } from '../../src/tool/typed-program.ts'

describe('the typed name of an installed program', () => {
  let root = ''
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'typed-'))
    await mkdir(join(root, 'libs/a/test'), { recursive: true })
    await mkdir(join(root, 'plain/test'), { recursive: true })
    for (const dir of ['.', 'libs/a']) await writeFile(join(root, dir, 'package.json'), '{}')
  })
  after(() => rm(root, { recursive: true }))

  const typed = (dir: string): string =>
    typedProgram(root, dir, 'tool', join(root, 'node_modules/tool/bin.js')).join(' ')

  it('is for npx where that stays in the folder', () => {
    assert.deepEqual(['.', 'libs/a', 'plain/test'].map(typed), ['npx tool', 'npx tool', 'npx tool'])
  })
  it('is its file below the folder of a package', () => {
    assert.equal(typed('libs/a/test'), 'node ../../../node_modules/tool/bin.js')
  })
})
