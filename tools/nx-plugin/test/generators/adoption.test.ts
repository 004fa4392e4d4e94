import assert from 'node:assert/strict'
import { ScratchWorkspace } from '../scratch-workspace.ts'

const NX_JSON = `{
  // which this workspace is proud of
  "analytics": false,
  "targetDefaults": { "test": { "dependsOn": ["^build"], "inputs": ["default", "{workspaceRoot}/shared.txt"] } }
}
`
const SCRIPT = `{
  "name": "script",
  "scripts": {
    "test": "vitest run --mode ci"
  }
}
`
const PROJECT = `{
  "name": "exec",
  "targets": {
    "test": {
      "executor": "@nx/jest:jest",
      "options": { "jestConfig": "libs/exec/jest.config.js" },
      "outputs": ["{projectRoot}/coverage"],
      "dependsOn": ["lint"]
    }
  }
}
`
const FILES: Readonly<Record<string, string>> = {
  'nx.json': NX_JSON,
  'libs/script/package.json': SCRIPT,
  'libs/exec/project.json': PROJECT,
  '.gitignore': 'node_modules\n.nx',
}

interface Target {
  readonly executor: string
  readonly dependsOn?: unknown
  readonly inputs: readonly unknown[]
  readonly outputs: readonly string[]
  readonly options: { readonly error?: string; readonly declaration?: Readonly<Record<string, unknown>> }
}

/** The steps of one workspace's life, in order. */
describe('init, where tests are already there', function () {
  this.timeout(90_000)
  let workspace: ScratchWorkspace
  before(() => {
    workspace = new ScratchWorkspace({
      ...FILES,
      'libs/free/package.json': { name: 'free' },
      'libs/free/vitest.config.js': 'throw new Error("computed")\n',
      'libs/shell/package.json': { name: 'shell', scripts: { test: 'tsc && vitest' } },
      'libs/exec/jest.config.js': '',
      'services/api/go.mod': 'module api\n',
    })
  })
  after(() => workspace.dispose())

  const generate = (...args: string[]): string => {
    const { code, stdout, stderr } = workspace.nx('generate', ...args, '--no-interactive')
    assert.equal(code, 0, stdout + stderr)
    return stdout
  }
  const targets = (): Record<string, Target | undefined> => {
    const { code, stdout, stderr } = workspace.nx('graph', '--file=graph.json')
    assert.equal(code, 0, stdout + stderr)
    const { graph } = JSON.parse(workspace.read('graph.json')) as {
      graph: { nodes: Record<string, { data: { targets: Record<string, Target> } }> }
    }
    return Object.fromEntries(
      Object.entries(graph.nodes).map(([name, { data }]) => [name, data.targets['test']]),
    )
  }

  it('says what it found, and takes nothing that nobody asked for', () => {
    const said = generate('@muster/nx:init', '--dry-run')
    assert.match(said, /free:test +vitest +libs\/free\/vitest\.config\.js/)
    assert.match(said, /api:test +go +services\/api\/go\.mod/)
    assert.match(said, /script:test +vitest +libs\/script\/package\.json: vitest run --mode ci/)
    assert.match(said, /exec:test +jest +libs\/exec\/project\.json: @nx\/jest:jest/)
    assert.match(said, /shell:test +\? +libs\/shell\/package\.json: it is for a shell \(&&\)/)
    for (const [file, text] of Object.entries(FILES)) assert.equal(workspace.read(file), text)

    const { code, stdout, stderr } = workspace.nx('generate', '@muster/nx:init', '--runners=vitets')
    assert.notEqual(code, 0)
    assert.match(stdout + stderr, /no runner vitets, expected some of mocha, node:test, vitest/)
  })

  it('changes no project, and has Nx run what is free', () => {
    generate('@muster/nx:init', '--all', '--coverage')
    const nxJson = workspace.read('nx.json')
    assert.match(nxJson, /\/\/ which this workspace is proud of/)
    assert.match(nxJson, /"infer": \[\s+"vitest",\s+"jest",\s+"go"\s+\]/)
    for (const file of ['libs/script/package.json', 'libs/exec/project.json']) {
      assert.equal(workspace.read(file), FILES[file])
    }
    const { free, script, api } = targets()
    assert.equal(free?.executor, '@muster/nx:suite')
    assert.equal(free.options.error, undefined)
    assert.deepEqual(free.dependsOn, ['^build'])
    assert.ok(free.inputs.includes('{workspaceRoot}/shared.txt'))
    assert.deepEqual(free.inputs.at(-1), { env: 'CI' })
    assert.equal(free.options.declaration?.['source'], 'libs/free/vitest.config.js')
    assert.deepEqual(free.options.declaration['coverage'], {
      exclude: [],
      thresholds: {},
      files: [],
      projects: [{ name: 'free', root: 'libs/free' }],
      notRoots: [],
    })
    assert.equal(script?.executor, 'nx:run-script')
    assert.equal(api?.options.declaration?.['dir'], 'services/api')
    const { projects } = api.options.declaration['coverage'] as { projects: unknown }
    assert.deepEqual(projects, [{ name: 'api', root: 'services/api' }])
  })

  it('takes over targets of the projects when it is told to, with what they said', () => {
    generate('@muster/nx:init', '--all', '--convert', '--commands')
    const { script, exec, shell } = targets()
    assert.deepEqual(script?.options.declaration?.['runner'], { name: 'vitest', args: ['--mode', 'ci'] })
    assert.match(
      workspace.read('libs/script/package.json'),
      /"test": "vitest run --mode ci"\n {2}\},\n {2}"nx": \{\n/,
    )
    assert.deepEqual(exec?.options.declaration?.['runner'], {
      name: 'jest',
      config: 'jest.config.js',
      args: [],
    })
    assert.deepEqual(exec.dependsOn, ['lint'])
    assert.deepEqual(exec.outputs, ['{workspaceRoot}/.muster/evidence/exec', '{projectRoot}/coverage'])
    assert.deepEqual(shell?.options.declaration?.['runner'], {
      name: 'command',
      command: 'npm run test',
      results: { format: 'exit-code' },
    })
    const before = workspace.read('muster-init.json')
    assert.match(generate('@muster/nx:init', '--all', '--convert'), /already set up/)
    assert.equal(workspace.read('muster-init.json'), before)
  })

  it('remove leads back to every byte, and keeps what was edited since', () => {
    workspace.write(
      'libs/exec/project.json',
      workspace.read('libs/exec/project.json').replace('"name"', '"tags": [],\n  "name"'),
    )
    assert.match(generate('@muster/nx:remove'), /out of nx\.json/)
    const expected = {
      ...FILES,
      'libs/exec/project.json': PROJECT.replace('"name"', '"tags": [],\n  "name"'),
    }
    for (const [file, text] of Object.entries(expected)) assert.equal(workspace.read(file), text, file)
    assert.throws(() => workspace.read('muster-init.json'))
    assert.equal(targets()['free'], undefined)
  })
})
