import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { namesSuites } from '../../src/nx/head-start.ts'
import { nxCommandOf, nxParent } from '../../src/nx/nx-process.ts'

describe('a command about suites', () => {
  const renamed = { plugins: [{ plugin: '@muster/nx', options: { targetName: 'check' } }] }

  for (const command of [
    'run-many -t test',
    'affected --targets=lint,test',
    'run api:test',
    'run api:test:ci',
    'test api',
    'run-many -t bench',
  ])
    it(`is nx ${command}`, () => assert.equal(namesSuites(command.split(' '), {}), true))

  for (const command of ['run-many -t lint', 'build api', 'graph', 'g @muster/nx:suite tests', ''])
    it(`is not nx ${command}`, () => assert.equal(namesSuites(command.split(' '), {}), false))

  it("goes by the plugin's names of targets", () => {
    assert.equal(namesSuites(['run-many', '-t', 'check'], renamed), true)
    assert.equal(namesSuites(['run-many', '-t', 'test'], renamed), false)
  })
})

describe('the words behind nx', () => {
  it("are those of a process that is nx, and nobody else's", function () {
    if (process.platform !== 'linux') this.skip()
    const folder = mkdtempSync(path.join(tmpdir(), 'muster-nx-'))
    const script = path.join(folder, 'nx.js')
    writeFileSync(script, 'process.stdin.resume()')
    const child = spawn(process.execPath, [script, 'run-many', '-t', 'test'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    try {
      assert.deepEqual(nxCommandOf(child.pid ?? 0), ['run-many', '-t', 'test'])
      assert.equal(nxCommandOf(process.pid), undefined)
    } finally {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true })
    }
  })
})

describe('the nx that owns a run', () => {
  it('is the parent of a batch worker, and nobody when that is gone and the first process has adopted it', () => {
    assert.equal(nxParent(process.ppid)?.pid, process.ppid)
    if (nxCommandOf(1) === undefined) assert.equal(nxParent(1), undefined)
  })
})
