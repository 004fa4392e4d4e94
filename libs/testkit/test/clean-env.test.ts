import assert from 'node:assert/strict'
import { cleanEnv, scratchEnv } from '@muster/testkit'

describe('cleanEnv', () => {
  it('drops what runners, Nx and CI leave and keeps the rest', () => {
    const dirty = {
      CI: 'true',
      NX_TASK_HASH: '1',
      GITHUB_ACTIONS: 'true',
      GIT_DIR: '/x',
      HOME: '/h',
      CIRCLE: 'o',
    }
    assert.deepEqual(cleanEnv(dirty), { HOME: '/h', CIRCLE: 'o' })
  })
})

describe('scratchEnv', () => {
  it('keeps Nx inside the folder, off the cloud and without a daemon', () => {
    const env = scratchEnv('/scratch', { NX_DAEMON: 'true' })
    assert.equal(env['NX_CACHE_DIRECTORY'], '/scratch/.nx/cache')
    assert.equal(env['NX_NO_CLOUD'], 'true')
    assert.equal(env['NX_DAEMON'], 'true', 'asked for')
    assert.equal(env['HOME'], process.env['HOME'])
  })
})
