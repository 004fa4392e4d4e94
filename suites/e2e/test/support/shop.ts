import { mkdir, symlink } from 'node:fs/promises'
import { createScratchWorkspace, type ScratchWorkspace } from '@muster/testkit'
import { packedTarballs } from './packed.ts'
import { nxOk } from './records.ts'

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

/** Sets Muster up as its README says, then declares the other suites: one a package, and one that needs all of them. */
export async function adoptMuster(shop: ScratchWorkspace): Promise<void> {
  await nxOk(shop, ['g', '@muster/nx:init'])
  const core = ['unit-core', '--kind', 'unit', '--covers', '@shop/core', '--directory', 'packages/core']
  await nxOk(shop, ['g', '@muster/nx:suite', ...core])
  await shop.writeJson('packages/typed/suite.json', { name: 'unit-typed', kind: 'unit' })
  await shop.writeJson('packages/legacy/suite.json', { name: 'unit-legacy', kind: 'unit' })
  await shop.writeJson('suites/checkout/suite.json', {
    name: 'checkout',
    kind: 'integration',
    covers: ['@shop/app'],
    dependsOn: [{ kind: 'unit' }],
  })
  await shop.write(
    'suites/checkout/checkout.test.mjs',
    mochaTest('total', '../../packages/app/src/index.js', 'assert.equal(total([20, 22]), 42)'),
  )
  await shop.commitAll('Adopt Muster')
}
