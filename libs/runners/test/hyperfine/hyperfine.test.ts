import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HyperfineSpec, TestCase } from '@muster/model'
import { commandsOf } from '../../src/hyperfine/commands-of.ts'
import { findHyperfine } from '../../src/hyperfine/find-hyperfine.ts'
import { hyperfineRunner } from '../../src/hyperfine/hyperfine-runner.ts'
import { readResults } from '../../src/hyperfine/read-results.ts'
import { benchSuite, byName, CONTEXT, runSuite } from '../support/bench-suite.ts'

const SPEC: HyperfineSpec = {
  name: 'hyperfine',
  commands: [],
  parameters: {},
  warmup: 0,
  runs: 4,
  shell: 'none',
}

describe('hyperfine runner', function () {
  this.timeout(60_000)
  const dir = mkdtempSync(join(tmpdir(), 'muster-hyperfine-test-'))
  const file = (name: string): string => join(dir, name)
  const fake = (text: string): Promise<unknown> => {
    writeFileSync(file('hyperfine'), `#!/bin/sh\necho "${text}"\n`, { mode: 0o755 })
    return hyperfineRunner.version(benchSuite('.', SPEC), { ...CONTEXT, env: { PATH: `${dir}:/bin` } })
  }
  after(() => rmSync(dir, { recursive: true }))

  describe('with the real one', () => {
    let cases: Map<string, TestCase>
    before(async function () {
      if (!(await findHyperfine(CONTEXT)).ok) {
        if (process.env['CI']) throw new Error('hyperfine is missing')
        console.warn('SKIPPED: hyperfine is not installed: apt-get install hyperfine')
        this.skip()
      }
      const runner: HyperfineSpec = {
        ...SPEC,
        commands: [
          {
            name: 'look',
            command: `test -e ${file('made')}`,
            setup: `echo s >> ${file('trace')}`,
            prepare: `echo p >> ${file('trace')} && touch ${file('made')}`,
            cleanup: `echo c >> '${file('trace')}'`,
          },
          { name: 'fails', command: 'false' },
          { name: 'missing', command: 'muster-no-such-command' },
          { name: 'sleep', command: 'sleep {time}' },
        ],
        parameters: { time: ['0.01', '0.02'], unused: ['a', 'b'] },
      }
      cases = byName((await runSuite(hyperfineRunner, benchSuite('tinybench/good', runner))).cases)
    })

    it('measures each command as often as asked, in milliseconds', () => {
      const { duration, cpu } = cases.get('look')?.metrics ?? {}
      assert.equal(duration?.samples?.length, 4)
      assert.equal(duration.unit, 'ms')
      assert.ok(cpu && cpu.value >= 0)
      assert.ok(cases.get('sleep (time=0.02)')!.metrics!['duration']!.value >= 20)
    })

    it('takes each value of the parameters that a command names', () => {
      assert.deepEqual(
        [...cases.keys()],
        ['look', 'fails', 'missing', 'sleep (time=0.01)', 'sleep (time=0.02)'],
      )
    })

    it('runs set-up and cleanup once, and prepare before each run, through a shell', async () => {
      const { readFile } = await import('node:fs/promises')
      assert.equal((await readFile(file('trace'), 'utf8')).replaceAll('\n', ''), 'sppppc')
      assert.ok(existsSync(file('made')))
    })

    it('fails a command that fails or is not there, with what hyperfine says', () => {
      assert.equal(cases.get('fails')?.status, 'failed')
      assert.match(cases.get('fails')?.error?.message ?? '', /non-zero exit code/)
      assert.match(cases.get('missing')?.error?.message ?? '', /No such file/)
    })
  })

  it('is an environment error where hyperfine is missing, too old or another program', async () => {
    assert.deepEqual(await fake('hyperfine 1.20.0'), { ok: true, value: '1.20.0' })
    for (const [says, message] of [
      ['hyperfine 1.12.0', /1\.12\.0 is too old; 1\.13/],
      ['', /is not hyperfine/],
    ] as const) {
      const found = (await fake(says)) as {
        ok: boolean
        error: { type: string; message: string; fix: string }
      }
      assert.deepEqual([found.ok, found.error.type], [false, 'environment'])
      assert.match(found.error.message, message)
      assert.match(found.error.fix, /apt-get install hyperfine/)
    }
    const missing = await findHyperfine({ env: { PATH: '/nonexistent' } })
    assert.match(missing.ok ? '' : missing.error.message, /not on the PATH/)
  })

  it('combines parameters, and keeps braces that it does not know', () => {
    const commands = commandsOf({
      commands: [{ name: 'copy {a}', command: 'cp {a} {b} {c}' }],
      parameters: { a: ['1', '2'], b: ['x', 'y'], d: ['0'] },
    })
    assert.deepEqual(
      commands.map(({ name, command }) => `${name}: ${command}`),
      ['copy 1: cp 1 x {c}', 'copy 1: cp 1 y {c}', 'copy 2: cp 2 x {c}', 'copy 2: cp 2 y {c}'],
    )
  })

  it('reads nothing from what is no export', () => {
    for (const text of ['', '{', '{}', 'null', '{"results": []}', '{"results": [{"times": []}]}'])
      assert.equal(readResults(text), undefined, text)
  })
})
