import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { EVIDENCE_VERSION, NO_COUNTS, RUN_RECORD_VERSION } from '@muster/model'
import {
  evidenceSchema,
  jsonSchemas,
  printJsonSchema,
  quarantineJsonSchema,
  runRecordSchema,
  suiteJsonSchema,
  testCaseSchema,
} from '@muster/model/schema'

describe('JSON Schemas', () => {
  for (const [name, schema] of Object.entries(jsonSchemas())) {
    it(`has ${name} checked in as generated`, () => {
      const checkedIn = readFileSync(new URL(`../schemas/${name}`, import.meta.url), 'utf8')
      assert.equal(checkedIn, printJsonSchema(schema), 'out of date: npm run schemas -w @muster/model')
    })
  }

  it('describes every field of suite.json, with its default where it has one', () => {
    const { properties = {}, required = [] } = jsonSchemas()['suite.schema.json'] as {
      properties?: Record<string, { description?: string; default?: unknown }>
      required?: string[]
    }
    assert.deepEqual(required, ['name', 'kind'])
    for (const [field, { description }] of Object.entries(properties)) {
      assert.ok(description, `${field} has no description`)
      const optional = !required.includes(field) && field !== '$schema'
      if (optional) assert.match(description, /Default: /, field)
    }
  })
})

describe('suite.json', () => {
  const minimal = { name: 'a', kind: 'unit' }
  const accepts = (more: object): boolean => suiteJsonSchema.safeParse({ ...minimal, ...more }).success

  it('needs a name and a kind, and fills in the rest', () => {
    const json = suiteJsonSchema.parse(minimal)
    assert.deepEqual(
      [json.priority, json.runner, json.timeout, json.slowAfter, json.isolation, json.allowNoTests],
      ['medium', 'mocha', '10m', '60s', 'auto', false],
    )
    assert.deepEqual([json.covers, json.dependsOn, json.env], [[], [], []])
  })

  const fine: object[] = [
    { name: '@scope/unit-core.v2' },
    { runner: 'mocha' },
    { runner: { name: 'mocha', config: '.mocharc.json', options: { bail: true } } },
    { runner: { name: 'command', command: 'make test' } },
    { runner: { name: 'command', command: 'x', results: 'exit-code' } },
    { runner: { name: 'command', command: 'x', results: { format: 'tap', from: 'stdout' } } },
    {
      runner: {
        name: 'command',
        command: 'x',
        results: { format: 'junit', from: 'file', path: 'out/*.xml' },
      },
    },
    { dependsOn: ['b', { suite: 'c' }, { kind: 'unit' }] },
    { timeout: 1500, slowAfter: '500ms' },
    { outputs: ['{projectRoot}/out', '{workspaceRoot}/x'] },
    { requires: { cpus: 0.5, memory: '2GiB', labels: ['pi'], exclusive: ['port:5432'], devices: ['gpio'] } },
    { requires: { semaphores: { database: 2 } }, limits: { memory: '512MB', cpus: 2, processes: 64 } },
    { environment: 'docker', retries: 2, shards: 4, coverage: true, weight: 0.5, halt: 'run' },
    { retries: { count: 2, delay: '5s' }, flaky: { verdict: 'fail', cache: true } },
    { services: [{ name: 'db', image: 'postgres:17', ports: [5432] }] },
  ]
  for (const more of fine) it(`accepts ${JSON.stringify(more)}`, () => assert.ok(accepts(more)))

  const wrong: object[] = [
    // Would leave the evidence folder, or make another id out of a name.
    { name: '..' },
    { name: 'a/b' },
    { name: 'a:b' },
    { name: 'a@1' },
    { name: 'a#1/2' },
    { name: '' },
    { kind: 'unknown' },
    { knd: 'unit' },
    { runner: 'jests' },
    { runner: { name: 'command' } },
    { runner: { name: 'command', command: 'x', results: { format: 'junit', from: 'file' } } },
    { runner: { name: 'mocha', command: 'x' } },
    { dependsOn: [{ suite: 'a', kind: 'unit' }] },
    { include: [] },
    { outputs: ['out'] },
    { env: ['A-B'] },
    { timeout: '5 minutes' },
    { timeout: 0 },
    // Timers fire at once when asked to wait longer than 2^31 − 1 ms.
    { timeout: '600h' },
    { retries: -1 },
    { retries: 11 },
    { retries: { delay: '5s' } },
    { retries: '2' },
    { shards: 0 },
    { weight: 0 },
    { halt: 'all' },
    { flaky: { quarantine: true } },
    { requires: { cpus: 0 } },
    { requires: { memory: '2 GB' } },
    { requires: { memory: 512 } },
    { requires: { exclusive: ['a b'] } },
    { requires: { semaphores: { database: 0 } } },
    { limits: { processes: 1 } },
  ]
  for (const more of wrong) it(`refuses ${JSON.stringify(more)}`, () => assert.ok(!accepts(more)))
})

describe('muster-quarantine.json', () => {
  const entry = { suite: 'a', owner: 'team', reason: 'x', until: '2030-01-31', added: '2029-12-31' }
  const accepts = (over: object): boolean =>
    quarantineJsonSchema.safeParse({ entries: [{ ...entry, ...over }] }).success

  it('takes a whole suite and a case of it', () => {
    assert.ok(accepts({}))
    assert.ok(accepts({ case: 'group › x' }))
    assert.ok(accepts({ until: '2028-02-29' }))
  })
  const wrong: object[] = [
    { until: '2030-02-30' },
    { until: '2030-1-31' },
    { until: '2030-01-31T00:00:00Z' },
    { until: undefined },
    { owner: ' ' },
    { reason: '' },
    { case: '' },
    { untill: '2030-01-31' },
  ]
  for (const over of wrong) it(`refuses ${JSON.stringify(over)}`, () => assert.ok(!accepts(over)))
})

describe('evidence and run records', () => {
  const counts = { ...NO_COUNTS, tests: 1, passed: 1 }
  const evidence = {
    version: EVIDENCE_VERSION,
    suite: 'a',
    kind: 'unit',
    runId: '20260131-154501-3f9a1c',
    at: 1,
    hash: null,
    durationMs: 1,
    counts,
    unclean: 'a pass after a failure',
    casesSha256: 'a'.repeat(64),
  }

  it('believes evidence whose counts add up', () => {
    assert.ok(evidenceSchema.safeParse(evidence).success)
    const { unclean: _, ...clean } = evidence
    assert.ok(evidenceSchema.safeParse(clean).success)
    assert.ok(!evidenceSchema.safeParse({ ...evidence, counts: { ...counts, tests: 2 } }).success)
    assert.ok(!evidenceSchema.safeParse({ ...evidence, casesSha256: 'A' }).success)
    assert.ok(!evidenceSchema.safeParse({ ...evidence, version: EVIDENCE_VERSION + 1 }).success)
  })

  it('refuses a test case with an unknown status and a record of another version', () => {
    assert.ok(testCaseSchema.safeParse({ path: ['x'], status: 'passed', durationMs: 0 }).success)
    assert.ok(!testCaseSchema.safeParse({ path: ['x'], status: 'ok', durationMs: 0 }).success)
    assert.ok(!runRecordSchema.safeParse({ version: RUN_RECORD_VERSION + 1 }).success)
  })
})
