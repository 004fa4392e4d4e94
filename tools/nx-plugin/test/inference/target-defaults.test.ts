import assert from 'node:assert/strict'
import {
  defaultsDiagnostics,
  defaultsKey,
  inheritedDependsOn,
  replacedFields,
} from '../../src/inference/target-defaults.ts'

const PLACE = { root: 'a', project: 'a', existing: false, target: 'test', suite: 'a' }
const BUILDS = { dependsOn: ['^build'] }

const severities = (test: object, hasDependencies: boolean) =>
  defaultsDiagnostics({ targetDefaults: { test } }, PLACE, 'a/suite.json', hasDependencies).map(
    ({ severity }) => severity,
  )

describe('defaults in nx.json that lie over suites', () => {
  it('are those of the executor, else of the name, else of the longest pattern', () => {
    const targetDefaults = { '*': {}, 'te*': {}, test: {}, '@muster/nx:suite': {} }
    assert.equal(defaultsKey({ targetDefaults }, 'test'), '@muster/nx:suite')
    const { '@muster/nx:suite': _suite, ...named } = targetDefaults
    assert.equal(defaultsKey({ targetDefaults: named }, 'test'), 'test')
    assert.equal(defaultsKey({ targetDefaults: named }, 'tests'), 'te*')
    assert.equal(defaultsKey({ targetDefaults: { build: {} } }, 'test'), undefined)
    assert.equal(defaultsKey({}, 'test'), undefined)
  })

  it('replace arrays, unless they spread what is there', () => {
    const test = { ...BUILDS, inputs: ['...', 'default'], cache: true }
    assert.deepEqual(replacedFields({ targetDefaults: { test } }, 'test'), ['dependsOn'])
  })

  it('are an error where the order or the evidence would be lost, and a warning for inputs', () => {
    assert.deepEqual(severities(BUILDS, true), ['error'])
    assert.deepEqual(severities(BUILDS, false), [])
    assert.deepEqual(severities({ outputs: ['{projectRoot}/coverage'] }, false), ['error'])
    assert.deepEqual(severities({ inputs: ['default'] }, false), ['warning'])
    assert.deepEqual(severities({ cache: true }, true), [])
  })

  it('for the name still bring their builds when suites have defaults of their own', () => {
    const guarded = { targetDefaults: { test: BUILDS, '@muster/nx:suite': {} } }
    assert.deepEqual(inheritedDependsOn(guarded, 'test'), ['^build'])
    assert.deepEqual(inheritedDependsOn({ targetDefaults: { test: BUILDS } }, 'test'), [])
    assert.deepEqual(defaultsDiagnostics(guarded, PLACE, 'a/suite.json', true), [])
  })
})
