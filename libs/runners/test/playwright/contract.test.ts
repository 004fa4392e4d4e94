import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { RUNNERS } from '../../src/index.ts'
import type { OwnVerdict } from '../contract/contract.ts'
import { describeRunnerContract } from '../contract/runner-contract.ts'
import { CONTEXT } from '../support/fixtures.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/playwright', import.meta.url))
const PLAYWRIGHT = createRequire(import.meta.url).resolve('@playwright/test/cli')

/** As people run it, with its own report as JSON, and a folder of artifacts of its own. */
async function ownVerdict(dir: string): Promise<OwnVerdict> {
  const temporary = await mkdtemp(join(tmpdir(), 'playwright-cli-'))
  const report = join(temporary, 'report.json')
  try {
    const args = [PLAYWRIGHT, 'test', '--reporter=json', '--workers=1', `--output=${join(temporary, 'out')}`]
    const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    const green = await promisify(execFile)(process.execPath, args, { cwd: dir, env }).then(
      () => true,
      () => false,
    )
    const { stats } = JSON.parse(await readFile(report, 'utf8')) as {
      stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>
    }
    const { expected, flaky, unexpected, skipped } = stats
    return { counts: { passed: expected + flaky, failed: unexpected, skipped }, green }
  } finally {
    await rm(temporary, { recursive: true })
  }
}

const counts = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped })

describeRunnerContract({
  runner: RUNNERS.playwright,
  fixtures: FIXTURES,
  spec: { name: 'playwright', args: [] },
  context: CONTEXT,
  ownVerdict,
  scenarios: {
    passes: {
      status: 'passed',
      own: counts(3, 0),
      cases: {
        adds: { status: 'passed', file: 'a.spec.js' },
        'outer › inner › is deep': { status: 'passed' },
        'outer › is known to fail': { status: 'passed' },
      },
    },
    failures: {
      status: 'failed',
      own: counts(1, 4),
      cases: {
        equals: {
          error: /^expect\(received\)\.toBe/,
          at: /a\.spec\.js:7:/,
          stdout: /said by equals/,
          stderr: /warned by equals/,
        },
        throws: { error: /^TypeError: broken$/, at: /a\.spec\.js:10:/ },
        'was expected to fail': { error: /^It passed, though/ },
        'in a group › fails softly': { error: /Expected: 2/, at: /Expected: 4/ },
      },
    },
    'hook-fails': {
      status: 'failed',
      own: counts(0, 3, 1),
      cases: {
        'before all › first': { error: /^no database$/ },
        'before all › second': { status: 'skipped', skipReason: 'did not run' },
        'after all › runs': { error: /^no clean-up$/ },
        'before each › third': { error: /^no user$/ },
      },
    },
    skips: {
      status: 'passed',
      own: counts(1, 0, 4),
      cases: {
        'is skipped': { status: 'skipped' },
        'is to be fixed': { status: 'skipped', skipReason: 'fixme' },
        'is skipped for a reason': { status: 'skipped', skipReason: 'not on Tuesdays' },
        'a group › is skipped, too': { status: 'skipped' },
      },
    },
    retries: {
      status: 'failed',
      own: counts(2, 1),
      cases: {
        'second time': { status: 'passed', attempts: 2, earlier: 1 },
        never: { status: 'failed', attempts: 2, earlier: 1, error: /^never$/ },
        'at once': { status: 'passed' },
      },
    },
    timeout: {
      status: 'failed',
      own: counts(1, 1),
      cases: { hangs: { error: /Test timeout of 200ms exceeded/ } },
    },
    crash: {
      status: 'failed',
      own: counts(2, 1),
      cases: { ends: { error: /worker process exited unexpectedly/ } },
    },
    'no-load': {
      status: 'crashed',
      own: counts(0, 0),
      message: /Cannot find module '.*not-there\.js'/,
    },
    'no-tests': { status: 'no-tests', own: counts(0, 0) },
    'several-files': { status: 'failed', own: counts(5, 2) },
  },
})
