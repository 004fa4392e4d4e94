import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import type { RunRecord } from '@muster/model'
import { createScratchWorkspace } from '@muster/testkit'
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

/** Each row: what is wrong in which suites, and what the user must be able to read. */
const MISTAKES: Record<string, { files: Record<string, string>; says: RegExp; red: string[] }> = {
  'JSON that breaks off': {
    files: { 'suites/torn/suite.json': '{\n  "name": "torn",\n  "kind": ' },
    says: /suites\/torn\/suite\.json:3:\d+/,
    red: ['suites-torn'],
  },
  'a wrong type': {
    files: declaration('mistyped', { timeout: true }),
    says: /suites\/mistyped\/suite\.json:\d+:\d+ +\$\.timeout/,
    red: ['mistyped'],
  },
  'an unknown field': {
    files: declaration('unknown', { depndsOn: [] }),
    says: /"depndsOn"[^]*did you mean "dependsOn"/,
    red: ['unknown'],
  },
  'a dependency that does not exist': {
    files: declaration('lonely', { dependsOn: ['godo'] }),
    says: /godo[^]*did you mean "good"/,
    red: ['lonely'],
  },
  'a cycle, printed whole': {
    files: {
      ...declaration('hen', { dependsOn: ['egg'] }),
      ...declaration('egg', { dependsOn: ['hen'] }),
    },
    says: /(hen → egg → hen|egg → hen → egg)/,
    red: ['hen', 'egg'],
  },
  'two suites of one name': {
    files: {
      ...declaration('double', {}),
      'suites/twin/suite.json': JSON.stringify({
        name: 'double',
        kind: 'unit',
        runner: { name: 'command', command: 'true' },
      }),
    },
    says: /suites\/twin\/suite\.json/,
    red: ['double'],
  },
}

describe('bad input, of every kind at a time', () => {
  let said = ''
  let record: RunRecord

  before(() => {
    const files = Object.values(MISTAKES).map((each) => each.files)
    return withWorkspace(Object.assign(mochaSuite('good'), ...files), async (workspace) => {
      const { code, stdout, stderr } = await workspace.nx(TEST)
      assert.notEqual(code, 0)
      said = stdout + stderr
      record = await readRecord(workspace)
    })
  })

  for (const [title, { says, red }] of Object.entries(MISTAKES)) {
    it(`${title}: points at it, and is red`, () => {
      assert.match(said, says)
      for (const name of red) assert.notEqual(suiteOf(record, name).status, 'passed')
    })
  }

  it('hides nothing else', () => {
    assert.equal(record.verdict, 'error')
    assert.match(said, /good:test/)
    assert.equal(suiteOf(record, 'good').status, 'passed')
  })
})

describe('bad input', () => {
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
    const workspace = await createScratchWorkspace({ files: { ...mochaSuite('a') } })
    try {
      // The same modules but mocha.
      const modules = workspace.path('node_modules')
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
