import assert from 'node:assert/strict'
import { findAllTests } from '../../src/adoption/find-all-tests.ts'
import { baseName, knownProjects } from '../../src/inference/known-projects.ts'
import type { InferenceOptions } from '../../src/inference/inference-options.ts'
import type { NxJsonConfiguration } from '../../src/nx/devkit.ts'
import { filesOf } from '../support-files.ts'

const ROOT = { name: 'root', workspaces: ['*'] }

/** `project:target tool state` of each, with the reason for what is left. */
function found(
  content: Readonly<Record<string, unknown>>,
  nxJson: NxJsonConfiguration = {},
  options: InferenceOptions = {},
): string[] {
  const files = filesOf({ 'package.json': ROOT, ...content })
  const configFiles = ['package.json', ...Object.keys(content)]
  const projects = knownProjects(configFiles, files)
  const suiteFiles = configFiles.filter((path) => baseName(path) === 'suite.json')
  return findAllTests({ projects, suiteFiles, configFiles, files, nxJson, options }).map(
    ({ project, target, tool, state }) =>
      `${project}:${target} ${tool ?? '?'} ${state.kind === 'left' ? state.reason : state.kind}`,
  )
}

describe('findAllTests', () => {
  it('sees each runner by its configuration, and runs none of it', () => {
    assert.deepEqual(
      found({
        'a/package.json': { name: 'a' },
        'a/vitest.config.mts': 'throw new Error("computed")',
        'b/package.json': { name: 'b' },
        'b/vite.config.ts': 'export default { test: {} }',
        'c/package.json': { name: 'c' },
        'c/vite.config.ts': 'export default { build: {} }',
        'd/package.json': { name: 'd', jest: {} },
        'e/package.json': { name: 'e' },
        'e/jest.config.ts': '',
        'e/playwright.config.ts': '',
        'f/package.json': { name: 'f' },
        'f/.mocharc.yml': 'spec:\n  - spec/**/*.js # all\nui: bdd\n',
        'g/package.json': { name: 'g' },
        'g/.mocharc.cjs': '',
      }),
      [
        'a:test vitest free',
        'b:test vitest free',
        'd:test jest free',
        'e:test jest free',
        'e:e2e playwright free',
        'f:test mocha free',
        'g:test mocha which files it runs is computed',
      ],
    )
  })

  it('sees other languages, also where Nx sees no project', () => {
    const content = {
      'api/go.mod': '',
      'tool/Cargo.toml': '[package]\nname = "x"\n',
      'crates/Cargo.toml': '[workspace]\n',
      'py/pyproject.toml': '[project]\n[tool.pytest.ini_options]\n',
      'lib/pyproject.toml': '[project]\n',
      'lib/tests/test_a.py': '',
      'old/package.json': { name: 'old' },
      'old/setup.cfg': '[tool:pytest]\n',
    }
    const all = ['api:test go free', 'lib:test pytest free', 'old:test pytest free', 'py:test pytest free']
    assert.deepEqual(found(content), [...all, 'tool:test cargo free'])
    const withOthers = found(content, { plugins: ['@nx/js/typescript', '@nx-go/nx-go'] })
    assert.deepEqual(withOthers, ['old:test pytest free'], 'another plugin may name those projects')
  })

  const own: [string, Readonly<Record<string, unknown>>, string[]][] = [
    ['a script', { scripts: { test: 'vitest run' } }, ['a:test vitest by-hand']],
    ['a script that Nx does not see', { scripts: { test: 'x' }, nx: { includedScripts: [] } }, []],
    ['a script for a shell', { scripts: { test: 'tsc && jest' } }, ['a:test ? it is for a shell (&&)']],
    ['other scripts', { scripts: { build: 'tsc' } }, []],
    [
      'a converted script',
      { scripts: { test: 'node --test' }, nx: { targets: { test: { executor: '@muster/nx:suite' } } } },
      ['a:test node:test taken-over'],
    ],
    [
      'a declaration',
      {
        nx: { targets: { unit: { executor: '@muster/nx:suite', options: { declare: { runner: 'jest' } } } } },
      },
      ['a:unit ? taken-over'],
    ],
    [
      "an executor of Nx's",
      {
        nx: { targets: { spec: { executor: '@nx/jest:jest', options: { jestConfig: 'a/jest.config.ts' } } } },
      },
      ['a:spec jest by-hand'],
    ],
    [
      'a command in the folder',
      { nx: { targets: { test: { command: 'pytest', options: { cwd: '{projectRoot}' } } } } },
      ['a:test pytest by-hand'],
    ],
    [
      'a command elsewhere',
      { nx: { targets: { test: { command: 'pytest a' } } } },
      ["a:test ? it doesn't run in the project's folder"],
    ],
    [
      'a variable',
      { nx: { targets: { test: { executor: '@nx/vite:test', options: { env: { A: '1' } } } } } },
      ['a:test ? it sets environment variables'],
    ],
    [
      'an executor',
      { nx: { targets: { test: { executor: 'x:y' } } } },
      ["a:test ? Muster doesn't know what x:y runs"],
    ],
  ]
  for (const [what, pkg, expected] of own) {
    it(`of a target defined by ${what} finds ${expected.join() || 'nothing'}`, () => {
      assert.deepEqual(found({ 'a/package.json': { name: 'a', ...pkg } }), expected)
    })
  }

  it('leaves projects with a suite.json of their own alone, not those below', () => {
    const vitest = { 'vitest.config.ts': '' }
    const at = (folder: string): Record<string, unknown> => ({
      [`${folder}/package.json`]: { name: folder.replace('/', '-') },
      [`${folder}/vitest.config.ts`]: vitest['vitest.config.ts'],
    })
    const files = {
      'package.json': { name: 'root', workspaces: ['**'] },
      ...at('a'),
      ...at('b'),
      ...at('b/c'),
    }
    assert.deepEqual(found({ ...files, 'a/test/suite.json': {}, 'b/c/suite.json': {} }), [
      'b:test vitest free',
    ])
  })

  it("uses the target's name that Nx's own plugins are told", () => {
    const content = {
      'a/package.json': { name: 'a' },
      'a/vitest.config.ts': '',
      'b/package.json': { name: 'b', jest: {} },
    }
    const nxJson = { plugins: [{ plugin: '@nx/vitest', options: { testTargetName: 'spec' } }] }
    assert.deepEqual(found(content, nxJson, { targetName: 'check' }), [
      'a:spec vitest free',
      'b:check jest free',
    ])
  })

  it('counts a second runner of one target as left, and a root configuration that leads to others', () => {
    assert.deepEqual(
      found({
        'package.json': { name: 'root', nx: {}, workspaces: ['*'] },
        'jest.config.ts': 'export default { projects: getJestProjects() }',
        'a/package.json': { name: 'a', jest: {} },
        'a/vitest.config.ts': '',
      }),
      [
        'root:test jest it only leads to the projects below, which have their own',
        'a:test vitest free',
        'a:test jest test is vitest already; declare a suite.json for it',
      ],
    )
  })

  it('takes options that are laid over an inferred target for arguments', () => {
    const content = {
      'a/package.json': { name: 'a', nx: { targets: { test: { options: { project: 'web' } } } } },
      'a/vitest.config.ts': 'export default { test: { passWithNoTests: true } }',
    }
    const files = filesOf({ 'package.json': ROOT, ...content })
    const projects = knownProjects(['package.json', ...Object.keys(content)], files)
    const nxJson = { targetDefaults: { test: { options: { bail: 1 } } } }
    const [tests] = findAllTests({ projects, suiteFiles: [], configFiles: [], files, nxJson, options: {} })
    assert.deepEqual(tests?.state, {
      kind: 'free',
      command: { runner: { name: 'vitest', args: ['--bail=1', '--project=web'] }, allowNoTests: true },
    })
    const replaced = { targets: { test: { outputs: ['{projectRoot}/x'] } } }
    const left = found({ 'a/package.json': { name: 'a', nx: replaced }, 'a/vitest.config.ts': '' })
    assert.match(left[0] ?? '', /replaces the outputs/)
  })
})
