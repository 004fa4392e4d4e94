import assert from 'node:assert/strict'
import { parseSuite } from '@muster/graph/parse'
import { runnerPackages } from '../../src/inference/runner-packages.ts'
import { suiteInputs } from '../../src/inference/suite-inputs.ts'
import { filesOf } from '../support-files.ts'

/** The inputs of a suite in libs/a, without those that all suites have. */
function inputs(runner: unknown, content: Readonly<Record<string, unknown>>): unknown[] {
  const { suite } = parseSuite(JSON.stringify({ name: 'a', kind: 'unit', runner }), 'libs/a/suite.json')
  assert.ok(suite)
  const files = filesOf(content)
  return suiteInputs(suite, { files, nxJson: {}, runnerPackages: runnerPackages(files, {}) }).slice(2)
}

const NODE = { runtime: `node --version && echo ${process.platform}-${process.arch}` }

describe('inputs of a runner', () => {
  it('are its configuration up to the root, and what that speaks of', () => {
    const content = {
      'libs/a/jest.config.ts':
        "export default { preset: '../../jest.preset.js', setup: ['<rootDir>/../b/setup'] }",
      'libs/b/setup.ts': '',
      'jest.preset.js': '',
      'babel.config.json': '',
      'tsconfig.base.json': '',
      'vitest.config.ts': '',
    }
    assert.deepEqual(inputs('jest', content), [
      '{workspaceRoot}/babel.config.json',
      '{workspaceRoot}/jest.preset.js',
      '{workspaceRoot}/tsconfig.base.json',
      '{workspaceRoot}/libs/b/setup.ts',
      NODE,
    ])
    assert.deepEqual(inputs({ name: 'vitest', config: '../../vitest.config.ts' }, content), [
      '{workspaceRoot}/tsconfig.base.json',
      '{workspaceRoot}/vitest.config.ts',
      NODE,
    ])
  })

  it('are toolchain and lockfiles of other languages, and no npm package', () => {
    const content = { 'go.work': '', 'Cargo.lock': '', 'uv.lock': '', 'libs/a/go.mod': '' }
    const languages: [string, string, string][] = [
      ['go', 'go.work', 'go version || echo no go'],
      ['cargo', 'Cargo.lock', 'rustc --version || echo no rust'],
      ['pytest', 'uv.lock', 'python3 --version || python --version || echo no python'],
    ]
    for (const [runner, lock, runtime] of languages) {
      assert.deepEqual(inputs(runner, content), [
        `{workspaceRoot}/${lock}`,
        NODE,
        { runtime },
        { externalDependencies: [] },
      ])
    }
  })

  it("are the runner's packages instead of the lockfile, where Nx knows what is imported", () => {
    const lock = '{"node_modules/vitest": {"version": "4"}, "node_modules/vite": {"version": "8"}}'
    const root = { devDependencies: { vitest: '4', vite: '8', '@nx/js': '23' } }
    const npm = { 'package-lock.json': lock.replaceAll(': {"', ': {\n"'), 'package.json': root }
    assert.deepEqual(inputs('vitest', npm).at(-1), { externalDependencies: ['vitest', 'vite'] })
    assert.deepEqual(inputs('jest', npm).at(-1), NODE)
    assert.deepEqual(inputs('vitest', { 'package.json': root }).at(-1), NODE)
  })
})
