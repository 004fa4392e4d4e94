import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { createScratchWorkspace, until, type ScratchWorkspace } from '@muster/testkit'

const project = (targets: Record<string, unknown>): string =>
  JSON.stringify({ name: 'a', version: '0.0.0', nx: { targets } })

describe('createScratchWorkspace', () => {
  let workspace: ScratchWorkspace | undefined
  afterEach(async () => {
    await workspace?.dispose()
    workspace = undefined
  })

  it('is a git repository with one clean commit, its files in it', async () => {
    workspace = await createScratchWorkspace({ modules: 'none', files: { 'packages/a/x.txt': 'x' } })
    assert.equal(await workspace.git('status', '--porcelain'), '')
    assert.equal(await workspace.git('rev-list', '--count', 'main'), '1')
    assert.equal(await workspace.git('show', 'HEAD:packages/a/x.txt'), 'x')
    const { root } = workspace
    await workspace.dispose()
    assert.equal(existsSync(root), false)
  })

  it('runs the real Nx, with its cache inside', async () => {
    workspace = await createScratchWorkspace({
      nxJson: { plugins: [] },
      files: {
        'packages/a/package.json': project({
          hi: { command: 'echo "hi $NAME"', cache: true, inputs: [{ externalDependencies: ['mocha'] }] },
        }),
      },
    })
    const first = await workspace.nx(['run', 'a:hi'], { env: { NAME: 'you' } })
    assert.equal(first.code, 0, first.stdout + first.stderr)
    assert.match(first.stdout, /hi you/)
    assert.equal(workspace.exists('.nx/cache'), true)
    const second = await workspace.nx(['run', 'a:hi'])
    assert.match(second.stdout, /existing outputs match the cache|local cache/)
  }).timeout(60_000)

  it('finds and ends what a killed nx leaves behind', async () => {
    workspace = await createScratchWorkspace({
      nxJson: { plugins: [] },
      files: {
        'packages/a/package.json': project({
          hang: { command: `node -e "console.log('hanging'); setInterval(() => {}, 1000)"` },
        }),
      },
    })
    const nx = workspace.spawnNx(['run', 'a:hang'])
    await nx.waitForLine(/^hanging$/)
    nx.kill('SIGKILL')
    await until(
      async () => (await workspace?.processes())?.some((each) => each.command.includes('hanging')),
      {
        what: 'the orphan to be found',
      },
    )
    await workspace.dispose()
    assert.deepEqual(await workspace.processes(), [])
  }).timeout(60_000)
})
