import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HyperfineCommand, HyperfineSpec, TestCase } from '@muster/model'
import type { RunUnit } from '../runner.ts'
import { hyperfineArgv } from './hyperfine-argv.ts'
import { readResults } from './read-results.ts'

/** What `unit-entry` is asked to run. */
export interface HyperfineInput {
  /** Absolute. */
  readonly cwd: string
  readonly commands: readonly HyperfineCommand[]
  readonly spec: Pick<HyperfineSpec, 'warmup' | 'runs' | 'shell'>
  /** The suite.json, workspace-relative: where the benchmarks are written. */
  readonly source: string
}

export const runUnit: RunUnit = async (input, emit) => {
  const { commands, ...setting } = input as HyperfineInput
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const dir = await mkdtemp(join(tmpdir(), 'muster-hyperfine-'))
  try {
    for (const command of commands) {
      const testCase = await measure(setting, command, join(dir, 'results.json'))
      counts[testCase.status]++
      emit({ type: 'case', case: testCase })
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
  emit({ type: 'end', counts })
}

/** One hyperfine for each command: it stops at the first that fails, and the others shall still be measured. */
async function measure(
  { cwd, spec, source }: Omit<HyperfineInput, 'commands'>,
  command: HyperfineCommand,
  json: string,
): Promise<TestCase> {
  const start = performance.now()
  const { problem, output } = await hyperfine(cwd, hyperfineArgv(spec, command, json))
  const head = { path: [command.name], file: source, durationMs: performance.now() - start }
  const metrics =
    problem === undefined ? readResults(await readFile(json, 'utf8').catch(() => '')) : undefined
  await rm(json, { force: true })
  if (metrics) return { ...head, status: 'passed', metrics }
  const message = problem ?? 'hyperfine ended well, but wrote no times'
  return {
    ...head,
    status: 'failed',
    error: { message: [output.replace(/^Error: /, ''), message].filter(Boolean).join('\n') },
  }
}

interface Ended {
  /** Undefined when it exited with 0. */
  readonly problem: string | undefined
  /** The end of what it wrote to stderr. */
  readonly output: string
}

const KEPT = 4000

function hyperfine(cwd: string, argv: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn('hyperfine', argv, { cwd, stdio: ['ignore', 'inherit', 'pipe'] })
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text)
      output = (output + text).slice(-KEPT)
    })
    child.once('error', ({ message }) =>
      resolve({ problem: `hyperfine can't be started: ${message}`, output }),
    )
    child.once('close', (code, signal) => {
      const how = signal === null ? `hyperfine exited with code ${code}` : `hyperfine was killed by ${signal}`
      resolve({ problem: code === 0 ? undefined : how, output: output.trim() })
    })
  })
}
