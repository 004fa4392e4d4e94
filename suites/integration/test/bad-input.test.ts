import assert from 'node:assert/strict'
import {
  commandSuite,
  mochaSuite,
  readRecord,
  splitSuite,
  statuses,
  suiteOf,
  withWorkspace,
} from './support.ts'

const TEST = ['run-many', '-t', 'test'] as const
const declaration = (name: string, more: object): Record<string, string> => ({
  [`suites/${name}/suite.json`]: JSON.stringify(
    { name, kind: 'unit', runner: { name: 'command', command: 'true' }, ...more },
    null,
    2,
  ),
})

/** Each row: what is wrong in suites/bad, and what the user must be able to read. The suite `good` runs all the same. */
const MISTAKES: Record<string, { files: Record<string, string>; says: RegExp; red: string[] }> = {
  'JSON that breaks off': {
    files: { 'suites/bad/suite.json': '{\n  "name": "bad",\n  "kind": ' },
    says: /suites\/bad\/suite\.json:3:\d+/,
    red: ['suites-bad'],
  },
  'a wrong type': {
    files: declaration('bad', { timeout: true }),
    says: /suites\/bad\/suite\.json:\d+:\d+ +\$\.timeout/,
    red: ['bad'],
  },
  'an unknown field': {
    files: declaration('bad', { depndsOn: [] }),
    says: /"depndsOn"[^]*did you mean "dependsOn"/,
    red: ['bad'],
  },
  'a dependency that does not exist': {
    files: declaration('bad', { dependsOn: ['godo'] }),
    says: /godo[^]*did you mean "good"/,
    red: ['bad'],
  },
  'a cycle, printed whole': {
    files: {
      ...declaration('bad', { dependsOn: ['worse'] }),
      ...declaration('worse', { dependsOn: ['bad'] }),
    },
    says: /(bad → worse → bad|worse → bad → worse)/,
    red: ['bad', 'worse'],
  },
  'two suites of one name': {
    files: {
      ...declaration('bad', {}),
      'suites/twin/suite.json': JSON.stringify({
        name: 'bad',
        kind: 'unit',
        runner: { name: 'command', command: 'true' },
      }),
    },
    says: /suites\/twin\/suite\.json/,
    red: ['bad'],
  },
}

describe('bad input', () => {
  for (const [title, { files, says, red }] of Object.entries(MISTAKES)) {
    it(`${title}: points at it, is red, and hides nothing else`, () =>
      withWorkspace({ ...mochaSuite('good'), ...files }, async (workspace) => {
        const { code, stdout, stderr } = await workspace.nx(TEST)
        assert.notEqual(code, 0)
        assert.match(stdout + stderr, says)
        assert.match(stdout, /good:test/)
        const record = await readRecord(workspace)
        assert.equal(record.verdict, 'error')
        for (const name of red) assert.notEqual(suiteOf(record, name).status, 'passed')
        assert.equal(suiteOf(record, 'good').status, 'passed')
      }))
  }

  it('a glob that matches nothing is no-tests, unless that is allowed', () =>
    withWorkspace(
      {
        ...mochaSuite('typo', { declare: { include: ['**/*.sepc.js'] } }),
        ...mochaSuite('fine', { declare: { include: ['**/*.sepc.js'], allowNoTests: true } }),
      },
      async (workspace) => {
        const { code, stdout } = await workspace.nx(TEST)
        assert.notEqual(code, 0)
        assert.match(stdout, /\*\*\/\*\.sepc\.js/)
        assert.deepEqual(statuses(await readRecord(workspace)), { fine: 'passed', typo: 'no-tests' })
      },
    ))

  it('a test file without tests is no-tests', () =>
    withWorkspace(
      {
        ...mochaSuite('empty', { pass: 0 }),
        ...splitSuite('hollow', { a: '', b: '' }, { shards: 2 }),
        ...mochaSuite('good'),
      },
      async (workspace) => {
        const { code } = await workspace.muster(['run'])
        assert.equal(code, 1)
        assert.deepEqual(statuses(await readRecord(workspace)), {
          empty: 'no-tests',
          good: 'passed',
          hollow: 'no-tests',
        })
      },
    ))

  it('a runner that lies is reported as what it is', () =>
    withWorkspace(
      {
        ...commandSuite('zero-but-failed', `printf 'TAP version 13\\nnot ok 1 - broken\\n1..1\\n'`, {
          runner: {
            name: 'command',
            command: `printf 'TAP version 13\\nnot ok 1 - broken\\n1..1\\n'`,
            results: { format: 'tap', from: 'stdout' },
          },
        }),
        ...commandSuite('three-but-passed', '', {
          runner: {
            name: 'command',
            command: `printf 'TAP version 13\\nok 1 - fine\\n1..1\\n'; exit 3`,
            results: { format: 'tap', from: 'stdout' },
          },
        }),
        ...mochaSuite('leaves-early', { pass: 1 }),
        'suites/leaves-early/leaves-early.spec.js':
          "it('leaves', () => process.exit(0))\nit('is never run', () => {})\n",
      },
      async (workspace) => {
        const { code } = await workspace.nx(TEST)
        assert.notEqual(code, 0)
        const record = await readRecord(workspace)
        assert.deepEqual(statuses(record), {
          'leaves-early': 'crashed',
          'three-but-passed': 'crashed',
          'zero-but-failed': 'failed',
        })
        assert.match(suiteOf(record, 'three-but-passed').message ?? '', /code 3/)
      },
    ))

  it('a runner that is not installed is trouble with the environment, with the fix, and no failed test', async () => {
    const { createScratchWorkspace } = await import('@muster/testkit')
    const { rmSync, symlinkSync, readdirSync, mkdirSync } = await import('node:fs')
    const workspace = await createScratchWorkspace({ files: { ...mochaSuite('a') } })
    try {
      // The same modules but mocha.
      const modules = workspace.path('node_modules')
      const { readlinkSync } = await import('node:fs')
      const real = readlinkSync(modules)
      rmSync(modules)
      mkdirSync(modules)
      for (const name of readdirSync(real))
        if (name !== 'mocha') symlinkSync(`${real}/${name}`, `${modules}/${name}`)
      const { code, stdout, stderr } = await workspace.muster(['run'])
      assert.equal(code, 3, stdout + stderr)
      assert.match(stdout, /npm i(nstall)? -D mocha/)
      assert.deepEqual(statuses(await readRecord(workspace)), { a: 'environment-error' })
    } finally {
      await workspace.dispose()
    }
  })

  it('names a suite that was asked for and does not exist, runs the others, and exits with 2', () =>
    withWorkspace({ ...mochaSuite('alpha') }, async (workspace) => {
      const { code, stdout, stderr } = await workspace.muster(['run', '--suites', 'alpha', 'alpa'])
      assert.equal(code, 2)
      assert.match(stderr, /no suite matches "alpa"; did you mean "alpha"/)
      assert.match(stdout, /^Tests: 1 passed/m)
      const none = await workspace.muster(['run', '--suites', 'nothing'])
      assert.equal(none.code, 2)
    }))

  it('says which fields are not supported yet', () =>
    withWorkspace({ ...mochaSuite('a', { declare: { environment: 'docker' } }) }, async (workspace) => {
      const { code, stdout } = await workspace.nx(TEST)
      assert.equal(code, 0, stdout)
      assert.match(stdout, /"environment": "docker" is not supported yet/)
    }))

  it('says when a suite writes outside its outputs', () =>
    withWorkspace(
      {
        ...commandSuite('writer', 'date +%N > ../../stray.txt'),
        ...commandSuite('neat', 'mkdir -p ../../out && date > ../../out/x', {
          outputs: ['{workspaceRoot}/out'],
        }),
      },
      async (workspace) => {
        const { code, stdout } = await workspace.nx(TEST)
        assert.equal(code, 0, stdout)
        assert.match(stdout, /stray\.txt \(while [^)]*writer[^)]* ran\)/)
        assert.doesNotMatch(stdout, /out\/x \(while/)
      },
    ))
})
