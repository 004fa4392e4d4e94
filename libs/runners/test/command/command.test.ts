import assert from 'node:assert/strict'
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResultSource } from '@muster/model'
import { clearResults, collectResults, RUNNERS, runnerFor, type CommandProgram } from '../../src/index.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'

const JUNIT = '<testsuite name="s" tests="1"><testcase name="one" classname="c" time="0.5"/></testsuite>'
const ok = { code: 0, signal: null }

describe('command runner', () => {
  let root = ''
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'command-'))
    await mkdir(join(root, 'a/out'), { recursive: true })
  })
  afterEach(() => rm(root, { recursive: true }))

  const prepare = async (results: ResultSource): Promise<CommandProgram> => {
    const runner = { name: 'command', command: 'make check', results } as const
    assert.equal(runnerFor(runner), RUNNERS.command)
    const prepared = await RUNNERS.command.prepare(suiteAt('a', runner), { ...CONTEXT, root })
    assert.ok(prepared.ok && prepared.value.type === 'command')
    return prepared.value
  }
  const collect = (
    program: CommandProgram,
    stdout = '',
    exit: { code: number | null; signal: string | null } = ok,
  ) => collectResults(program, { stdout, exit, root, durationMs: 12 })

  it('prepares the command as it is, in the folder of the suite', async () => {
    const results = { format: 'exit-code' } as const
    assert.deepEqual(await prepare(results), {
      type: 'command',
      cwd: join(root, 'a'),
      command: 'make check',
      results,
      reproduce: '(cd a && make check)',
    })
  })

  it('runs whole when asked for test cases, and says so', async () => {
    const results = { format: 'exit-code' } as const
    const suite = suiteAt('a', { name: 'command', command: 'make check', results })
    const context = { ...CONTEXT, root }
    assert.equal('files' in RUNNERS.command, false)
    const part = await RUNNERS.command.prepare(suite, context, { cases: [{ path: ['one'] }] })
    assert.ok(part.ok)
    const { notes, ...program } = part.value
    assert.deepEqual(program, await prepare(results))
    assert.deepEqual(notes, ["runs whole: a command can't run single test cases"])
  })

  it('makes the command itself the case when the exit code is the result', async () => {
    const program = await prepare({ format: 'exit-code' })
    const { cases } = await collect(program)
    assert.deepEqual(cases, [{ path: ['make check'], status: 'passed', durationMs: 12 }])
    const failed = await collect(program, '', { code: 2, signal: null })
    assert.equal(failed.cases[0]?.status, 'failed')
    assert.equal((await collect(program, '', { code: null, signal: 'SIGKILL' })).complete, false)
  })

  it('reads TAP from stdout', async () => {
    const program = await prepare({ format: 'tap', from: 'stdout' })
    const { cases, complete } = await collect(program, 'TAP version 13\n1..2\nok 1 - one\nnot ok 2 - two\n')
    assert.equal(complete, true)
    assert.deepEqual(
      cases.map(({ status }) => status),
      ['passed', 'failed'],
    )
    assert.equal((await collect(program, 'TAP version 13\n1..2\nok 1 - one\n')).complete, false)
  })

  it('reads all result files, and knows when one is cut off or none is there', async () => {
    const program = await prepare({ format: 'junit', from: 'file', path: 'out/*.xml' })
    const none = await collect(program)
    assert.equal(none.complete, false)
    assert.match(none.warnings[0] ?? '', /no result file matches out\/\*\.xml/)
    await writeFile(join(root, 'a/out/1.xml'), JUNIT)
    await writeFile(join(root, 'a/out/2.xml'), JUNIT)
    const two = await collect(program)
    assert.deepEqual([two.cases.length, two.complete], [2, true])
    await writeFile(join(root, 'a/out/2.xml'), JUNIT.slice(0, -10))
    const cut = await collect(program)
    assert.equal(cut.complete, false)
    assert.match(cut.warnings.join('\n'), /^a\/out\/2\.xml/m)
  })

  it('finds the files that a report names, from the suite or the root, and takes none from elsewhere', async () => {
    await writeFile(join(root, 'a/out/1.png'), '')
    await writeFile(join(root, 'top.png'), '')
    const named = ['out/1.png', 'top.png', 'gone.png', '/etc/passwd', '../../x.png']
    const marks = named.map((each) => `[[ATTACHMENT|${each}]]`).join('')
    const report = `<testsuite><testcase name="a"><system-out>${marks}</system-out></testcase></testsuite>`
    await writeFile(join(root, 'a/out/1.xml'), report)
    const { cases } = await collect(await prepare({ format: 'junit', from: 'file', path: 'out/*.xml' }))
    const lost = 'it lies outside of the workspace'
    assert.deepEqual(
      cases[0]?.attachments?.map(({ file, ...each }) => file ?? each.lost),
      ['a/out/1.png', 'top.png', 'a/gone.png', lost, lost],
    )
  })

  it('clears the result files of earlier runs, and nothing outside the folder of the suite', async () => {
    await writeFile(join(root, 'a/out/old.xml'), JUNIT)
    await writeFile(join(root, 'a/out/keep.txt'), '')
    await writeFile(join(root, 'outside.xml'), JUNIT)
    await clearResults(await prepare({ format: 'junit', from: 'file', path: 'out/*.xml' }))
    await clearResults(await prepare({ format: 'junit', from: 'file', path: '../*.xml' }))
    await assert.rejects(access(join(root, 'a/out/old.xml')))
    await access(join(root, 'a/out/keep.txt'))
    await access(join(root, 'outside.xml'))
  })

  it('says that the folder is gone', async () => {
    const runner = { name: 'command', command: 'true', results: { format: 'exit-code' } } as const
    const prepared = await RUNNERS.command.prepare(suiteAt('gone', runner), { ...CONTEXT, root })
    assert.equal(!prepared.ok && prepared.error.type, 'environment')
  })
})
