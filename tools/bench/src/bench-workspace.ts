import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { benchEnv } from './bench-env.ts'
import { json, type Contestant } from './contestant.ts'
import { mustRun } from './run-to-end.ts'

export const TRACE = 'BENCH_TRACE'

/** `s001`, `s002`, … */
export const suiteNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `s${String(index + 1).padStart(3, '0')}`)

const MODULE = `export const sum = (numbers) => numbers.reduce((total, each) => total + each, 0)
export const parse = (text) => text.split(',').map(Number)
`

/** With BENCH_TRACE set, loading the file leaves a line with the time: proof that it ran, and when. */
const spec = (suite: string): string => `import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { parse, sum } from './numbers.js'

if (process.env.${TRACE}) appendFileSync(process.env.${TRACE}, \`${suite} \${Date.now()}\\n\`)

describe('${suite}', () => {
  it('adds', () => assert.equal(sum([1, 2, 3]), 6))
  it('adds nothing', () => assert.equal(sum([]), 0))
  it('reads numbers', () => assert.deepEqual(parse('1,2'), [1, 2]))
  it('adds what it reads', async () => {
    await Promise.resolve()
    assert.equal(sum(parse('4,5')), 9)
  })
})
`

/** A git repository with one commit, as every contestant expects; node_modules is a symlink. */
export async function createBenchWorkspace(
  root: string,
  contestant: Contestant,
  suites: readonly string[],
  nodeModules: string,
): Promise<void> {
  const common: Record<string, string> = {
    'package.json': json({
      name: 'bench',
      private: true,
      type: 'module',
      packageManager: 'npm@10.8.2',
      workspaces: ['packages/*'],
    }),
    '.gitignore': 'node_modules\n.nx\n.turbo\n.wireit\n.muster\nreports\n',
    '.mocharc.json': json({ spec: ['*.test.js'] }),
  }
  for (const suite of suites) {
    common[`packages/${suite}/numbers.js`] = MODULE
    common[`packages/${suite}/${suite}.test.js`] = spec(suite)
  }
  await rm(root, { recursive: true, force: true })
  for (const [path, text] of Object.entries({ ...common, ...contestant.files(suites) })) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await symlink(nodeModules, join(root, 'node_modules'), 'dir')
  const settings = { cwd: root, env: benchEnv() }
  const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com']
  await mustRun('git', ['init', '--quiet', '--initial-branch=main'], settings)
  await mustRun('git', ['add', '--all'], settings)
  await mustRun('git', [...author, 'commit', '--quiet', '--message=Start'], settings)
}

export async function clearCaches(root: string, contestant: Contestant): Promise<void> {
  if (contestant.caches.length === 0) return
  await mustRun('sh', ['-c', `rm -rf ${contestant.caches.join(' ')}`], { cwd: root, env: benchEnv() })
}
