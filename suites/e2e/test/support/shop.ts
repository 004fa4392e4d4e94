import { mkdir, symlink } from 'node:fs/promises'
import { createScratchWorkspace, type ScratchWorkspace } from '@muster/testkit'
import { packedTarballs } from './packed.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const mochaTest = (subject: string, from: string, assertion: string): string =>
  `import assert from 'node:assert/strict'
import { ${subject} } from '${from}'

describe('${subject}', () => {
  it('works', () => {
    ${assertion}
  })
})
`

/**
 * An Nx workspace as somebody might have it before Muster: npm workspaces, one package that imports another,
 * a TypeScript package whose tests run through tsx, and an old CommonJS one. No suite.json, no plugin.
 */
const FILES: Readonly<Record<string, string>> = {
  'packages/core/package.json': json({
    name: '@shop/core',
    version: '1.0.0',
    type: 'module',
    exports: './src/index.js',
  }),
  'packages/core/src/index.js': 'export const add = (a, b) => a + b\n',
  'packages/core/test/core.test.js': mochaTest('add', '../src/index.js', 'assert.equal(add(1, 2), 3)'),
  'packages/app/package.json': json({
    name: '@shop/app',
    version: '1.0.0',
    type: 'module',
    exports: './src/index.js',
    dependencies: { '@shop/core': '1.0.0' },
  }),
  'packages/app/src/index.js':
    "import { add } from '@shop/core'\n\nexport const total = (prices) => prices.reduce(add, 0)\n",
  'packages/app/test/app.test.js': mochaTest('total', '../src/index.js', 'assert.equal(total([1, 2, 3]), 6)'),
  'packages/typed/package.json': json({ name: '@shop/typed', version: '1.0.0', type: 'module' }),
  'packages/typed/.mocharc.json': json({ 'node-option': ['import=tsx'], extension: ['ts'] }),
  'packages/typed/src/index.ts': 'export const twice = (n: number): number => 2 * n\n',
  'packages/typed/test/typed.test.ts': mochaTest('twice', '../src/index.ts', 'assert.equal(twice(2), 4)'),
  'packages/legacy/package.json': json({ name: '@shop/legacy', version: '1.0.0' }),
  'packages/legacy/index.js': 'exports.half = (n) => n / 2\n',
  'packages/legacy/test/legacy.spec.js':
    "const assert = require('node:assert')\nconst { half } = require('..')\n\ndescribe('half', () => {\n  it('works', () => assert.strictEqual(half(4), 2))\n})\n",
}

/** @param nx an npm range of Nx versions; the newest of them is installed with the packed packages of Muster */
export async function createShop(nx: string): Promise<ScratchWorkspace> {
  const shop = await createScratchWorkspace({
    files: FILES,
    packageJson: { type: 'commonjs' },
    nxJson: { plugins: [] },
    modules: { tarballs: packedTarballs(), nx, packages: { tsx: '^4.0.0' } },
  })
  await shop.write('.gitignore', 'node_modules\n.nx\n')
  // As npm links a workspace's own packages.
  await mkdir(shop.path('node_modules/@shop'))
  await symlink('../../packages/core', shop.path('node_modules/@shop/core'), 'dir')
  await shop.commitAll('A shop')
  return shop
}
