import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { benchEnv } from '../src/bench-env.ts'
import { checkHyperfine, timeOnce } from '../src/hyperfine.ts'

const settings = { cwd: tmpdir(), env: benchEnv() }

describe('hyperfine', () => {
  it('is there, with its version', async () => {
    assert.match(await checkHyperfine(settings), /^1\.\d+/)
  })

  it('says how to install it when it is missing', async () => {
    const nowhere = { cwd: tmpdir(), env: { PATH: '/nonexistent' } }
    await assert.rejects(checkHyperfine(nowhere), /was not found.*apt-get install hyperfine/)
  })

  it('times a whole command, its children included', async () => {
    const busy = `node -e "const end = process.cpuUsage(); while (process.cpuUsage(end).user < 150_000);"`
    const { wall, cpu } = await timeOnce(`sh -c '${busy}'`, settings)
    assert.ok(cpu >= 0.15, `at least the CPU time that the child used: ${cpu}`)
    assert.ok(wall > 0)
  })

  it('refuses the time of a command that failed', async () => {
    await assert.rejects(timeOnce('false', settings), /non-zero exit code/)
  })
})
