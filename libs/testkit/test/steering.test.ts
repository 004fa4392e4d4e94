import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { cleanEnv, processesWithEnv, runCommand, RunningProcess, Steering, until } from '@muster/testkit'

describe('Steering', () => {
  let steering: Steering
  const start = (name: string, env = {}): RunningProcess =>
    new RunningProcess(['sh', '-c', steering.command(name)], {
      cwd: tmpdir(),
      env: { ...cleanEnv(), ...env },
    })

  beforeEach(async () => {
    steering = await Steering.open()
  })
  afterEach(() => steering.close())

  it('makes a process write and exit as told', async () => {
    const running = start('a')
    const child = await steering.next('a')
    await child.write('hello\n')
    await child.write('oh\n', 'stderr')
    await child.exit(7)
    assert.deepEqual(await running.exit, { code: 7, signal: null, stdout: 'hello\n', stderr: 'oh\n' })
  })

  it('gives each invocation once, by name', async () => {
    const both = [start('a'), start('b'), start('a')]
    const [b, first, second] = [await steering.next('b'), await steering.next('a'), await steering.next('a')]
    assert.notEqual(first.pid, second.pid)
    assert.deepEqual([...steering.announced].sort(), ['a', 'a', 'b'])
    await Promise.all([b.exit(0), first.exit(1), second.exit(1)])
    assert.deepEqual(await Promise.all(both.map(async (each) => (await each.exit).code)), [1, 0, 1])
  })

  it('ignores a signal when told so, and dies of SIGKILL', async () => {
    const running = start('stubborn')
    const child = await steering.next('stubborn')
    await child.ignoreSignal('SIGTERM')
    child.kill('SIGTERM')
    await child.write('still here\n')
    child.kill()
    await child.closed
    assert.equal((await running.exit).stdout, 'still here\n')
  })

  it('spawns children that leave the session, which the environment marker still finds', async () => {
    const running = start('parent', { STEERING_TEST: steering.socketPath })
    const parent = await steering.next('parent')
    await parent.spawn('daemon', { detached: true })
    const daemon = await steering.next('daemon')
    running.killGroup('SIGKILL')
    await parent.closed
    const marker = `STEERING_TEST=${steering.socketPath}`
    await until(async () => (await processesWithEnv(marker)).length === 1, {
      what: 'only the daemon to be left',
    })
    assert.deepEqual(
      (await processesWithEnv(marker)).map((each) => each.pid),
      [daemon.pid],
    )
    daemon.kill()
    await until(async () => (await processesWithEnv(marker)).length === 0, { what: 'the daemon to be gone' })
  })

  it('holds a spec until it may go on', async () => {
    const script = `import { awaitOrders } from ${JSON.stringify(steering.modulePath)}
      console.log('told', await awaitOrders(${JSON.stringify(steering.socketPath)}, 'spec'))`
    const done = runCommand([process.execPath, '--input-type=module', '-e', script], {
      cwd: tmpdir(),
      env: cleanEnv(),
    })
    await (await steering.next('spec')).goOn('42')
    assert.equal((await done).stdout, 'told 42\n')
  })

  it('ends what still waits when it is closed', async () => {
    const other = await Steering.open()
    const child = spawn('sh', ['-c', other.command('left')], { stdio: 'ignore' })
    const exited = once(child, 'exit')
    await other.next('left')
    await other.close()
    assert.deepEqual(await exited, [86, null])
  })
})
