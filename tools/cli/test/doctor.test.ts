import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkMachine } from '../src/doctor/check-machine.ts'
import { checkWorkspace } from '../src/doctor/check-workspace.ts'
import type { Finding } from '../src/doctor/finding.ts'
import { EXIT } from '../src/exit-codes.ts'
import { main } from '../src/main.ts'
import { inScratch, said } from './support.ts'

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url))
const GOOD = {
  'nx.json': { plugins: ['@muster/nx'] },
  'package.json': {},
  '.gitignore': 'node_modules\n/.muster/\nreports\n',
  'a/suite.json': { name: 'a', kind: 'unit', runner: 'mocha' },
}

const lines = (findings: readonly Finding[]): string =>
  findings.map(({ level, what }) => `${level}: ${what}`).join('\n')

const check = async (files: Readonly<Record<string, unknown>>, change: (root: string) => void = () => {}) => {
  let findings: Finding[] = []
  await inScratch(files, async (root) => {
    symlinkSync(MODULES, path.join(root, 'node_modules'), 'dir')
    execFileSync('git', ['init', '--quiet'], { cwd: root })
    change(root)
    findings = await checkWorkspace(root)
  })
  for (const { level, fix, what } of findings) {
    if (level !== 'ok' && !what.includes('suite.json')) assert.ok(fix, `${what} has no remedy`)
  }
  return lines(findings)
}

describe('doctor: the workspace', () => {
  it('counts tests that are inferred, and sees who takes them away', async () => {
    const plugins = ['@nx/vite/plugin', { plugin: '@muster/nx', options: { infer: ['vitest', 'go'] } }]
    const { 'a/suite.json': _suite, ...without } = GOOD
    const text = await check({ ...without, 'nx.json': { plugins } })
    assert.match(text, /^ok: tests of vitest, go are suites/m)
    assert.doesNotMatch(text, /suite\.json|stands behind/)
    const behind = await check({ ...without, 'nx.json': { plugins: [...plugins, '@nx/vitest'] } })
    assert.match(behind, /^warning: @nx\/vitest stands behind @muster\/nx/m)
  })

  it('finds a good one good', async () => {
    const text = await check(GOOD)
    assert.doesNotMatch(text, /error|warning/)
    for (const line of [/ok: nx \d+/, /registered/, /ignored by git/, /1 suites? /, /mocha \d+.*: 1 suite/])
      assert.match(text, line)
  })

  it('finds what is missing in nx.json and .gitignore', async () => {
    const text = await check({ ...GOOD, 'nx.json': {}, '.gitignore': 'node_modules\n.muster/runs\n' })
    assert.match(text, /error: @muster\/nx is not registered/)
    assert.match(text, /warning: \.muster and reports not ignored/)
  })

  it('finds an nx.json that cannot be read', async () => {
    assert.match(await check({ ...GOOD, 'nx.json': '{ "plugins": ' }), /error: nx\.json can't be read/)
  })

  it('takes a plugin entry with options, and comments', async () => {
    const entry = { plugin: '@muster/nx', options: { workers: 2 } }
    assert.match(await check({ ...GOOD, 'nx.json': { plugins: [entry] } }), /ok: @muster\/nx is registered/)
    const withComment = '{\n  // ours\n  "plugins": ["@muster/nx"],\n}'
    assert.match(await check({ ...GOOD, 'nx.json': withComment }), /ok: @muster\/nx is registered/)
  })

  it('shows the place of a broken declaration', async () => {
    const text = await check({ ...GOOD, 'b/suite.json': { name: 'b', kind: 'unt' } })
    assert.match(text, /error: b\/suite\.json:1:\d+.*unit/s)
  })

  it('tells a run that goes on from one that was cut off', async () => {
    const text = await check(GOOD, (root) => {
      for (const [id, pid] of [
        ['20260131-154501-aaaaaa', process.pid],
        ['20260131-154502-bbbbbb', 2 ** 22 + 1],
      ] as const) {
        mkdirSync(path.join(root, '.muster/runs', id), { recursive: true })
        writeFileSync(path.join(root, '.muster/runs', id, 'open'), JSON.stringify({ pid, socket: '' }))
      }
    })
    assert.match(text, new RegExp(`20260131-154501-aaaaaa is going on \\(process ${process.pid}\\)`))
    assert.match(text, /20260131-154502-bbbbbb was cut off/)
  })

  it('finds a damaged history, and does not touch it', async () => {
    const text = await check(GOOD, (root) => {
      mkdirSync(path.join(root, '.muster'))
      writeFileSync(
        path.join(root, '.muster/history.db'),
        'this is no database, but long enough to be taken for one'.repeat(100),
      )
    })
    assert.match(text, /warning: .*history\.db/s)
  })
})

describe('doctor: the machine and the command', () => {
  it('finds this machine able', () =>
    inScratch({}, async (root) => {
      const findings = await checkMachine(root)
      assert.doesNotMatch(lines(findings), /^error/m)
      assert.match(lines(findings), /ok: Node\.js \d+/)
    }))

  it('exits with 3 when something must be mended, and prints the findings as JSON', () =>
    inScratch({ 'nx.json': {} }, async (root) => {
      const { value, stdout } = await said(() => main(['doctor', '--json']), root)
      assert.equal(value, EXIT.environment)
      const { findings } = JSON.parse(stdout) as { findings: Finding[] }
      assert.ok(findings.some(({ level }) => level === 'error'))
    }))

  it('outside a workspace it still looks at the machine', () =>
    inScratch({}, async (root) => {
      const { value, stdout } = await said(() => main(['doctor']), root)
      assert.equal(value, EXIT.environment)
      assert.match(stdout, /✓ Node\.js/)
      assert.match(stdout, /✗ no Nx workspace here/)
      assert.match(stdout, /1 to mend/)
    }))
})
