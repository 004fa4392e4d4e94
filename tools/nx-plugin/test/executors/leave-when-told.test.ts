import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const CHILD = fileURLToPath(new URL('./leaving-child.ts', import.meta.url))

describe('a batch worker', function () {
  this.timeout(20_000)
  let child: ChildProcess
  const begin = (...args: string[]): void => {
    child = fork(CHILD, args, { execArgv: ['--import=tsx', '--conditions=@muster/source'] })
  }
  afterEach(() => child.kill('SIGKILL'))

  const echoOf = async (message: object): Promise<unknown> => {
    const heard = once(child, 'message')
    child.send(message)
    return ((await heard) as unknown[])[0]
  }

  it('ends by itself once Nx has the results of the batch, and not with those of a task', async () => {
    begin()
    const exit = once(child, 'exit')
    const task = { type: 0, task: 'a:test', result: { success: true } }
    assert.deepEqual(await echoOf(task), task)
    assert.deepEqual(await echoOf(task), task)
    const batch = { type: 2, results: {} }
    assert.deepEqual(await echoOf(batch), batch)
    assert.deepEqual(await exit, [0, null])
  })

  it('does not keep a stopped Nx waiting', async () => {
    begin('stopped')
    const exit = once(child, 'exit')
    await echoOf({ type: 2, results: {} })
    assert.deepEqual(await exit, [0, null])
  })
})
