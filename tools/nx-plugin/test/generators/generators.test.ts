import assert from 'node:assert/strict'
import { ScratchWorkspace } from '../scratch-workspace.ts'

interface NxJson {
  readonly plugins: readonly (string | { plugin: string; options?: unknown })[]
}

describe('generators, through nx', function () {
  this.timeout(90_000)
  let workspace: ScratchWorkspace
  afterEach(() => workspace.dispose())

  const generate = (...args: string[]): string => {
    const { code, stdout, stderr } = workspace.nx('generate', ...args, '--no-interactive')
    assert.equal(code, 0, stdout + stderr)
    return stdout
  }

  it('init sets an empty workspace up with a first suite, once', () => {
    workspace = new ScratchWorkspace({
      'nx.json': { analytics: false, defaultBase: 'trunk' },
      'package.json': { name: 'scratch', private: true, devDependencies: { mocha: '12' } },
      '.gitignore': 'node_modules\n/reports/',
    })
    const said = generate('@muster/nx:init')
    assert.match(said, /First suite: smoke/)
    assert.match(said, /nx affected -t test/)
    const files = ['nx.json', '.gitignore', 'suites/smoke/suite.json', 'package.json']
    const written = files.map((file) => workspace.read(file))
    assert.deepEqual(JSON.parse(written[0] ?? ''), {
      analytics: false,
      defaultBase: 'trunk',
      plugins: [{ plugin: '@muster/nx', options: {} }],
      tui: { enabled: false },
    })
    assert.equal(written[1], 'node_modules\n/reports/\n.muster\n')
    assert.match(workspace.read('suites/smoke/smoke.test.mjs'), /describe\("smoke"/)
    assert.equal(workspace.nx('show', 'projects').stdout.trim(), 'smoke')

    assert.match(generate('@muster/nx:init'), /already set up/)
    assert.deepEqual(
      files.map((file) => workspace.read(file)),
      written,
    )
  })

  it('init declares a suite for mocha tests that are already there', () => {
    workspace = new ScratchWorkspace({
      'nx.json': { analytics: false, plugins: ['@nx/js/typescript'] },
      'package.json': {
        name: 'scratch',
        private: true,
        workspaces: ['libs/*'],
        devDependencies: { mocha: '12' },
      },
      'libs/core/package.json': { name: '@x/core' },
      'libs/core/test/core.spec.js': "it('x', () => {})\n",
    })
    generate('@muster/nx:init')
    const { plugins } = JSON.parse(workspace.read('nx.json')) as NxJson
    assert.deepEqual(plugins, ['@nx/js/typescript', { plugin: '@muster/nx', options: {} }])
    const { $schema, ...suite } = JSON.parse(workspace.read('libs/core/suite.json')) as Record<
      string,
      unknown
    >
    assert.equal($schema, '../../node_modules/@muster/model/schemas/suite.schema.json')
    assert.deepEqual(suite, {
      name: 'unit-core',
      kind: 'unit',
      covers: ['@x/core'],
      include: ['test/**/*.{test,spec}.{js,cjs,mjs,ts,cts,mts}'],
    })
  })

  it('init guards suites against defaults for their target, and leaves what nx.json says of the terminal', () => {
    workspace = new ScratchWorkspace({
      'nx.json': {
        analytics: false,
        tui: { autoExit: true },
        targetDefaults: { test: { dependsOn: ['^build'] } },
      },
      'package.json': { name: 'scratch', private: true, devDependencies: { mocha: '12' } },
    })
    generate('@muster/nx:init')
    const { tui, targetDefaults } = JSON.parse(workspace.read('nx.json')) as Record<string, unknown>
    assert.deepEqual(tui, { autoExit: true })
    assert.deepEqual(targetDefaults, { test: { dependsOn: ['^build'] }, '@muster/nx:suite': {} })
    const { stdout } = workspace.nx('show', 'project', 'smoke', '--json')
    const { targets } = JSON.parse(stdout) as { targets: { test: { dependsOn: unknown } } }
    assert.deepEqual(targets.test.dependsOn, ['^build'])
  })

  it("init stays out of the way of a project's own test script", () => {
    workspace = new ScratchWorkspace({
      'package.json': {
        name: 'scratch',
        private: true,
        workspaces: ['libs/*'],
        devDependencies: { mocha: '12' },
      },
      'libs/core/package.json': { name: 'core', scripts: { test: 'mocha' } },
      'libs/core/test/core.spec.js': "it('x', () => {})\n",
    })
    generate('@muster/nx:init')
    assert.deepEqual(workspace.nx('show', 'projects').stdout.trim().split('\n').toSorted(), [
      'core',
      'unit-core',
    ])
    assert.match(workspace.read('libs/core/test/suite.json'), /"name": "unit-core"/)
  })

  it('suite declares what the command line says, and refuses what a file could not say', () => {
    workspace = new ScratchWorkspace({
      'package.json': {
        name: 'scratch',
        private: true,
        workspaces: ['libs/*'],
        devDependencies: { mocha: '12' },
      },
      'libs/foo/package.json': { name: 'foo' },
      'libs/bar/package.json': { name: 'bar' },
    })
    generate(
      '@muster/nx:suite',
      'unit-foo',
      '--kind',
      'unit',
      '--covers',
      'foo,bar',
      '--directory',
      'libs/foo/test',
    )
    const { $schema: _schema, ...suite } = JSON.parse(workspace.read('libs/foo/test/suite.json')) as Record<
      string,
      unknown
    >
    assert.deepEqual(suite, { name: 'unit-foo', kind: 'unit', covers: ['foo', 'bar'] })
    assert.match(workspace.read('libs/foo/test/unit-foo.test.mjs'), /describe\("unit-foo"/)
    const shown = workspace.nx('show', 'project', 'unit-foo', '--json')
    assert.deepEqual((JSON.parse(shown.stdout) as { implicitDependencies: string[] }).implicitDependencies, [
      'foo',
      'bar',
    ])

    generate('@muster/nx:suite', 'smoke', '--kind', 'smoke', '--command', 'true')
    assert.match(workspace.read('suites/smoke/suite.json'), /"command": "true"/)

    const refused: [string[], RegExp][] = [
      [['x', '--kind', 'unti'], /unknown value.*did you mean "unit"/],
      [['a:b'], /expected letters, digits/],
      [
        ['unit-foo', '--directory', 'elsewhere'],
        /libs\/foo\/test\/suite\.json already declares a suite "unit-foo"/,
      ],
      [['other', '--directory', 'libs/foo/test'], /libs\/foo\/test\/suite\.json exists already/],
    ]
    for (const [args, reason] of refused) {
      const { code, stdout, stderr } = workspace.nx(
        'generate',
        '@muster/nx:suite',
        ...args,
        '--no-interactive',
      )
      assert.notEqual(code, 0)
      assert.match(stdout + stderr, reason)
    }
  })
})
