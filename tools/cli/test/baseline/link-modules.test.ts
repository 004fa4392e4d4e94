import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { linkModules } from '../../src/baseline/link-modules.ts'
import { sparkline } from '../../src/baseline/sparkline.ts'

describe('linking packages into a checkout', () => {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'muster-link-')))
  const checkout = path.join(root, '.muster/worktrees/base')
  after(() => rmSync(root, { recursive: true }))

  before(() => {
    for (const dir of ['node_modules/left', 'node_modules/@shop', 'node_modules/@types/node', 'libs/cart'])
      mkdirSync(path.join(root, dir), { recursive: true })
    mkdirSync(path.join(checkout, 'libs/cart'), { recursive: true })
    writeFileSync(path.join(root, 'node_modules/.package-lock.json'), '{}')
    symlinkSync('../../libs/cart', path.join(root, 'node_modules/@shop/cart'))
    symlinkSync('nowhere', path.join(root, 'node_modules/broken'))
    linkModules(root, checkout)
  })

  const leadsTo = (name: string): string => realpathSync(path.join(checkout, 'node_modules', name))

  it('installed ones are shared, those of the workspace are the checkout’s own', () => {
    assert.equal(leadsTo('left'), path.join(root, 'node_modules/left'))
    assert.equal(leadsTo('@types/node'), path.join(root, 'node_modules/@types/node'))
    assert.equal(leadsTo('@shop/cart'), path.join(checkout, 'libs/cart'))
  })

  it('a link that leads nowhere is left out', () => {
    assert.deepEqual(readdirSync(path.join(checkout, 'node_modules')).sort(), [
      '.package-lock.json',
      '@shop',
      '@types',
      'left',
    ])
  })
})

describe('a sparkline', () => {
  it('reaches from the least to the greatest, and is flat where all are equal', () => {
    assert.equal(sparkline([1, 8, 4.5]), '▁█▅')
    assert.equal(sparkline([3, 3]), '▁▁')
    assert.equal(sparkline([]), '')
  })
})
