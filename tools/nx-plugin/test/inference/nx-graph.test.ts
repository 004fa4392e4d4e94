import assert from 'node:assert/strict'
import { ScratchWorkspace } from '../scratch-workspace.ts'

interface Target {
  readonly executor: string
  readonly cache?: boolean
  readonly dependsOn?: unknown
  readonly inputs?: readonly unknown[]
  readonly outputs?: readonly string[]
  readonly options: {
    readonly suite: string
    readonly source: string
    readonly error?: string
    readonly warnings?: readonly string[]
  }
}
interface Graph {
  readonly nodes: Readonly<
    Record<string, { data: { root: string; tags?: string[]; targets: Record<string, Target> } }>
  >
  readonly dependencies: Readonly<Record<string, readonly { target: string; type: string }[]>>
}

/** What Nx itself makes of a workspace. */
function graphOf(workspace: ScratchWorkspace): Graph {
  const { code, stderr, stdout } = workspace.nx('graph', '--file=graph.json')
  assert.equal(code, 0, stdout + stderr)
  return (JSON.parse(workspace.read('graph.json')) as { graph: Graph }).graph
}

const targetIn = (graph: Graph, project: string, name = 'test'): Target => {
  const target = graph.nodes[project]?.data.targets[name]
  assert.ok(target, `no ${project}:${name} among ${Object.keys(graph.nodes).join(', ')}`)
  return target
}

describe('the inferred graph, as Nx sees it', function () {
  this.timeout(60_000)
  let workspace: ScratchWorkspace
  afterEach(() => workspace.dispose())

  it('has a target for every suite, with what decides its verdict', () => {
    workspace = new ScratchWorkspace({
      'nx.json': {
        analytics: false,
        plugins: ['@muster/nx'],
        namedInputs: { production: ['default', '!{projectRoot}/test/**'] },
      },
      '.mocharc.json': {},
      'tsconfig.base.json': {},
      'libs/core/package.json': { name: '@x/core' },
      'libs/core/suite.json': { name: 'unit-core', kind: 'unit', priority: 'high' },
      'suites/int/suite.json': {
        name: 'int',
        kind: 'integration',
        covers: ['@x/core'],
        dependsOn: [{ kind: 'unit' }],
        env: ['PORT'],
        outputs: ['{projectRoot}/shots'],
        inputs: ['{workspaceRoot}/data/**/*'],
        environment: 'docker',
      },
      'suites/speed/suite.json': {
        name: 'speed',
        kind: 'performance',
        dependsOn: ['int'],
        runner: { name: 'command', command: 'true' },
      },
    })
    const graph = graphOf(workspace)

    const core = targetIn(graph, '@x/core')
    assert.equal(core.executor, '@muster/nx:suite')
    assert.deepEqual(
      graph.nodes['@x/core']?.data.tags?.filter((tag) => tag.startsWith('muster:')),
      ['muster:kind:unit', 'muster:priority:high'],
    )

    const int = targetIn(graph, 'int')
    assert.equal(int.cache, true)
    assert.deepEqual(int.dependsOn, [{ projects: ['@x/core'], target: 'test' }])
    assert.deepEqual(int.outputs, ['{workspaceRoot}/.muster/evidence/int', '{projectRoot}/shots'])
    assert.deepEqual(int.inputs, [
      '{projectRoot}/**/*',
      '^production',
      '{workspaceRoot}/.mocharc.json',
      '{workspaceRoot}/tsconfig.base.json',
      '{workspaceRoot}/data/**/*',
      { runtime: `node --version && echo ${process.platform}-${process.arch}` },
      { env: 'PORT' },
    ])
    assert.deepEqual(int.options.warnings?.length, 1)
    assert.deepEqual(
      graph.dependencies['int']?.map(({ target, type }) => [target, type]),
      [['@x/core', 'implicit']],
    )

    const speed = targetIn(graph, 'speed', 'bench')
    assert.deepEqual(speed.dependsOn, [{ projects: ['int'], target: 'test' }])
    assert.ok(!speed.inputs?.includes('{workspaceRoot}/.mocharc.json'))

    const { stdout } = workspace.nx('show', 'projects', '--projects', 'tag:muster:kind:integration')
    assert.equal(stdout.trim(), 'int')
  })

  it('keeps every suite and every project when suite files are wrong in every known way', () => {
    workspace = new ScratchWorkspace({
      'libs/core/package.json': { name: '@x/core' },
      'suites/ok/suite.json': { name: 'ok', kind: 'unit', dependsOn: ['misspelt'] },
      'suites/torn/suite.json': '{"name": "torn"',
      'suites/misspelt/suite.json': { name: 'misspelt', knd: 'unit', outputs: ['a{workspaceRoot}'] },
      'suites/asks/suite.json': { name: 'asks', kind: 'unit', dependsOn: ['okk'] },
      'suites/dup1/suite.json': { name: 'dup', kind: 'unit' },
      'suites/dup2/suite.json': { name: 'dup', kind: 'unit' },
      'suites/c1/suite.json': { name: 'c1', kind: 'unit', dependsOn: ['c2'] },
      'suites/c2/suite.json': { name: 'c2', kind: 'unit', dependsOn: ['c1'] },
      'suites/covers/suite.json': { name: 'covers', kind: 'unit', covers: ['@x/coree'] },
      'suites/taken/suite.json': { name: '@x/core', kind: 'unit' },
      'suites/input/suite.json': { name: 'input', kind: 'unit', inputs: ['prodction'] },
      'suites/token/suite.json': {
        name: 'token',
        kind: 'unit',
        runner: { name: 'command', command: 'ls {workspaceRoot}/x {workspaceRoot}' },
      },
    })
    const graph = graphOf(workspace)

    const sound = targetIn(graph, 'ok')
    assert.equal(sound.options.error, undefined)
    assert.deepEqual(sound.dependsOn, [{ projects: ['misspelt'], target: 'test' }])
    assert.ok(graph.nodes['@x/core'])

    const broken: [string, RegExp][] = [
      ['suites-torn', /^suites\/torn\/suite\.json:1:16 {2}\$ {2}broken JSON: /],
      ['misspelt', /:3:3 {2}\$\.knd {2}unknown field "knd".*did you mean "kind"\?/],
      ['asks', /there is no suite "okk"; did you mean "ok"\?/],
      ['dup', /^suites\/dup2\/suite\.json.*already taken by suites\/dup1\/suite\.json:2:11$/],
      ['suites-dup2', /^suites\/dup2\/suite\.json.*already taken by suites\/dup1\/suite\.json:2:11$/],
      ['c1', /c1 → c2 → c1/],
      ['c2', /c1 → c2 → c1/],
      ['covers', /no project "@x\/coree".*did you mean "@x\/core"\?/],
      ['suites-taken', /already a project "@x\/core"/],
      ['input', /\$\.inputs\[0\] {2}"prodction" is neither a named input/],
      ['token', /the token \{ workspaceRoot \}/],
    ]
    for (const [project, reason] of broken) {
      const target = targetIn(graph, project)
      assert.match(target.options.error ?? 'no error', reason)
      assert.deepEqual(
        [target.executor, target.cache, target.dependsOn],
        ['@muster/nx:suite', false, undefined],
      )
    }
    assert.equal(Object.keys(graph.nodes).length, broken.length + 2)
  })

  it('hashes what mocha suites import instead of the whole lockfile, where Nx knows', () => {
    const lock = {
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/mocha': { version: '12.0.3', resolved: '', integrity: 'x' },
        'node_modules/tsx': { resolved: 'libs/tsx', link: true },
      },
    }
    const dependencies = { mocha: '12', tsx: '*', '@nx/js': '23' }
    workspace = new ScratchWorkspace({
      'package.json': { name: 'scratch', private: true, devDependencies: dependencies },
      'package-lock.json': lock,
      'suites/a/suite.json': { name: 'a', kind: 'unit' },
      'suites/a/a.test.mjs': "import 'mocha'\n",
      'suites/b/suite.json': { name: 'b', kind: 'unit', runner: { name: 'command', command: 'true' } },
    })
    assert.deepEqual(targetIn(graphOf(workspace), 'a').inputs?.at(-1), { externalDependencies: ['mocha'] })
    const mocha = workspace.nx('show', 'target', 'inputs', 'a:test')
    assert.equal(mocha.code, 0, mocha.stderr)
    assert.match(mocha.stdout, /npm:mocha/)
    assert.doesNotMatch(mocha.stdout, /AllExternalDependencies/)
    assert.match(workspace.nx('show', 'target', 'inputs', 'b:test').stdout, /AllExternalDependencies/)
  })

  it("takes another target's name where the project defines the usual one itself, and says so", () => {
    workspace = new ScratchWorkspace({
      'libs/core/package.json': { name: 'core', scripts: { test: 'mocha' } },
      'libs/core/suite.json': { name: 'unit-core', kind: 'unit' },
      'suites/int/suite.json': { name: 'int', kind: 'integration', dependsOn: ['unit-core'] },
    })
    const graph = graphOf(workspace)
    assert.equal(targetIn(graph, 'core').executor, 'nx:run-script')
    const suite = targetIn(graph, 'core', 'test-suite')
    assert.match(suite.options.warnings?.[0] ?? '', /libs\/core\/package\.json defines "test" itself/)
    assert.deepEqual(targetIn(graph, 'int').dependsOn, [{ projects: ['core'], target: 'test-suite' }])
  })
})
