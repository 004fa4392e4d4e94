import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TaskRequest } from '@muster/engine/client'
import { loadSuites } from '@muster/graph'
import { processesWithEnv, until } from '@muster/testkit'

const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
const COMMANDS = 410
const MOCHA_SUITES = 30
const SHARDS = 3
/** Every so many commands fail, always. */
const FAILS_EVERY = 100
const FAILING = 7

const fails = (n: number): boolean => n % FAILS_EVERY === FAILING
const range = (length: number): number[] => Array.from({ length }, (_, n) => n)

/** A folder with 500 units in 440 suites, each of which says in a file that it runs. */
export class CrashWorkspace {
  readonly root: string
  readonly #trace: string
  /** Carried by all processes that are started for it. */
  readonly env: Readonly<Record<string, string>>

  constructor() {
    this.root = realpathSync(mkdtempSync(path.join(tmpdir(), 'muster-recovery-')))
    this.#trace = path.join(this.root, 'trace')
    this.env = { RECOVERY_WORKSPACE: this.root }
    writeFileSync(this.#trace, '')
    symlinkSync(MODULES, path.join(this.root, 'node_modules'), 'dir')
    for (let n = 0; n < COMMANDS; n++) {
      const command = `echo c${n} >> ../../trace${fails(n) ? '; false' : ''}`
      this.#declare(`c${n}`, { runner: { name: 'command', command } })
    }
    for (let n = 0; n < MOCHA_SUITES; n++) {
      this.#declare(`m${n}`, { runner: 'mocha', shards: SHARDS, dependsOn: [`c${n}`] })
      for (let file = 0; file < SHARDS; file++) {
        const text = `it('${file}', () => require('node:fs').appendFileSync(__dirname + '/../../trace', 'm${n}\\n'))`
        writeFileSync(path.join(this.root, `suites/m${n}/${file}.spec.cjs`), text)
      }
    }
  }

  #declare(name: string, more: object): void {
    const dir = path.join(this.root, 'suites', name)
    mkdirSync(dir, { recursive: true })
    writeFileSync(path.join(dir, 'suite.json'), JSON.stringify({ name, kind: 'unit', ...more }))
  }

  async requests(): Promise<TaskRequest[]> {
    const { graph } = await loadSuites(this.root)
    return graph.suites.map((suite) => ({
      suite,
      task: `${suite.id}:test`,
      dependsOn: graph.dependenciesOf(suite.id),
    }))
  }

  /** What each suite comes to when nothing is in the way. */
  expected(): Map<string, 'passed' | 'failed' | 'skipped'> {
    return new Map([
      ...range(COMMANDS).map((n) => [`c${n}`, fails(n) ? 'failed' : 'passed'] as const),
      ...range(MOCHA_SUITES).map((n) => [`m${n}`, fails(n) ? 'skipped' : 'passed'] as const),
    ])
  }

  /** How often each suite was really begun; one in several units counts each. */
  executions(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const name of readFileSync(this.#trace, 'utf8').split('\n').filter(Boolean))
      counts.set(name, (counts.get(name) ?? 0) + 1)
    return counts
  }

  /** What its coordinators had to say that is no event. */
  log(): string {
    return readFileSync(path.join(this.root, 'coordinator.log'), 'utf8')
  }

  /** Nothing that was started for it lives on. */
  async nobodyLeft(): Promise<void> {
    const marker = `RECOVERY_WORKSPACE=${this.root}`
    await until(async () => (await processesWithEnv(marker)).length === 0, {
      what: 'every process of the killed run to end',
      timeoutMs: 20_000,
    })
  }

  async dispose(): Promise<void> {
    await this.nobodyLeft()
    rmSync(this.root, { recursive: true, maxRetries: 20, retryDelay: 50 })
  }
}
