import assert from 'node:assert/strict'
import { definedByHand } from '../../src/adoption/own-target.ts'
import { knownProjects } from '../../src/inference/known-projects.ts'
import { packagePatterns } from '../../src/inference/package-patterns.ts'
import { withParents } from '../../src/inference/workspace-files.ts'
import { filesOf } from '../support-files.ts'

const names = (content: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    [...knownProjects(Object.keys(content), filesOf(content))].map(([root, { name }]) => [root, name]),
  )

describe('knownProjects', () => {
  it('are the workspace packages and every project.json, by the name that Nx gives them', () => {
    assert.deepEqual(
      names({
        'package.json': { name: 'root', workspaces: ['libs/*', '!libs/no'] },
        'libs/a/package.json': { name: '@x/a' },
        'libs/b/package.json': { name: '@x/b', nx: { name: 'bee' } },
        'libs/no/package.json': { name: 'no' },
        'suites/x/package.json': { type: 'module' },
        'apps/c/project.json': { name: 'sea' },
        'apps/d/project.json': {},
        'apps/d/package.json': { name: '@x/d' },
        'apps/E/project.json': {},
      }),
      { 'libs/a': '@x/a', 'libs/b': 'bee', 'apps/c': 'sea', 'apps/d': '@x/d', 'apps/E': 'e' },
    )
  })

  it('have the root only where it says that it is one', () => {
    assert.deepEqual(names({ 'package.json': { name: 'root', nx: {} } }), { '.': 'root' })
    assert.deepEqual(names({ 'project.json': { name: 'all' }, 'package.json': {} }), { '.': 'all' })
  })

  const definitions: [string, object, string | undefined][] = [
    ['package.json', { name: 'a', scripts: { test: 'mocha' } }, 'a/package.json'],
    ['package.json', { name: 'a', scripts: { test: 'mocha' }, nx: { includedScripts: [] } }, undefined],
    ['package.json', { name: 'a', scripts: { build: 'tsc' } }, undefined],
    ['package.json', { name: 'a', nx: { targets: { test: { command: 'x' } } } }, 'a/package.json'],
    ['project.json', { targets: { test: { executor: 'nx:noop' } } }, 'a/project.json'],
    ['project.json', { targets: { test: { inputs: ['x'] } } }, undefined],
    ['project.json', { targets: { test: { executor: '@muster/nx:suite' } } }, undefined],
  ]
  for (const [file, json, by] of definitions) {
    it(`of ${file} ${JSON.stringify(json)} ${by === undefined ? "don't define" : 'define'} the target`, () => {
      const content = { 'package.json': { workspaces: ['a'] }, [`a/${file}`]: json }
      const project = knownProjects(Object.keys(content), filesOf(content)).get('a')
      assert.equal(project && definedByHand(project, 'test'), by)
    })
  }
})

describe('packagePatterns', () => {
  const pnpm = [
    'packages:',
    "  - 'libs/*'",
    '  # none of these',
    '  - "!libs/no" # not this',
    '  - ./tools/**',
    'catalog: {}',
    '  - x',
    '',
  ].join('\n')
  const kinds: [string, Readonly<Record<string, unknown>>][] = [
    ['npm', { 'package.json': { workspaces: ['libs/*', '!libs/no', './tools/**'] } }],
    ['yarn', { 'package.json': { workspaces: { packages: ['libs/*', '!libs/no', 'tools/**/'] } } }],
    ['pnpm', { 'pnpm-workspace.yaml': pnpm }],
    ['pnpm in flow style', { 'pnpm-workspace.yaml': 'packages: ["libs/*", \'!libs/no\', tools/**]\n' }],
    ['lerna', { 'lerna.json': { packages: ['libs/*', '!libs/no', 'tools/**'] } }],
  ]
  for (const [name, content] of kinds) {
    it(`reads those of ${name}`, () => {
      const belongs = packagePatterns(filesOf(content))
      const paths = ['libs/a', 'libs/no', 'libs/a/b', 'tools/x/y', 'other/a', 'x']
      assert.deepEqual(
        paths.filter((path) => belongs(`${path}/package.json`)),
        ['libs/a', 'tools/x/y'],
      )
    })
  }

  it('are none without a package manager', () => assert.ok(!packagePatterns(filesOf({}))('a/package.json')))
})

describe('withParents', () => {
  it('goes up to the workspace root', () => {
    assert.deepEqual(withParents('a/b/c'), ['a/b/c', 'a/b', 'a', '.'])
    assert.deepEqual(withParents('.'), ['.'])
  })
})
