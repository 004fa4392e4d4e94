import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { cleanEnv, runCommand, RunningProcess } from '@muster/testkit'

const options = { cwd: tmpdir(), env: cleanEnv() }
const node = (script: string): [string, ...string[]] => [process.execPath, '-e', script]

describe('runCommand', () => {
  it('answers with code and both streams', async () => {
    const exit = await runCommand(
      node('console.log("out"); console.error("err"); process.exitCode = 3'),
      options,
    )
    assert.deepEqual(exit, { code: 3, signal: null, stdout: 'out\n', stderr: 'err\n' })
  })

  it('kills what hangs and tells what it had written', async () => {
    const hanging = runCommand(['sh', '-c', 'echo so far; sleep 600'], {
      ...options,
      timeoutMs: 1000,
    })
    await assert.rejects(hanging, /killed after 1000 ms\nstdout:\nso far/)
  })

  it('gives a terminal when asked', async () => {
    const script = "console.log(`terminal ${process.stdout.isTTY}, it's`); process.exit(4)"
    const exit = await runCommand(node(script), { ...options, tty: true })
    assert.deepEqual([exit.code, exit.stdout.trim()], [4, "terminal true, it's"])
  })

  it('throws when the command does not exist', async () => {
    await assert.rejects(runCommand(['no-such-command-anywhere'], options), /ENOENT/)
  })
})

describe('RunningProcess', () => {
  it('waits for a line, then is killed', async () => {
    const running = new RunningProcess(node('console.log("ready 42"); setInterval(() => {}, 1000)'), options)
    assert.equal(await running.waitForLine(/^ready \d+$/), 'ready 42')
    assert.equal(running.kill('SIGTERM'), true)
    assert.equal((await running.exit).signal, 'SIGTERM')
    assert.equal(running.killGroup(), false)
  })

  it('does not wait for a line that cannot come any more', async () => {
    const running = new RunningProcess(node('console.error("all I had")'), options)
    await assert.rejects(running.waitForLine('ready'), /ended without a line with ready[^]*all I had/)
  })

  it('sees the line that came right before the end', async () => {
    const running = new RunningProcess(node('console.log("last words")'), options)
    await running.exit
    assert.equal(await running.waitForLine('last'), 'last words')
  })
})
