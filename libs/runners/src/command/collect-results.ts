import { createReadStream } from 'node:fs'
import type { ResultFormat, TestCase } from '@muster/model'
import type { ResultInput } from '@muster/results'
import type { Exit } from '../judge.ts'
import type { CommandProgram } from '../runner.ts'
import { workspacePath } from '../workspace-path.ts'
import { findAttachments } from './find-attachments.ts'
import { resultFiles } from './result-files.ts'

export interface CommandOutput {
  /** Read only if the results come from it. */
  readonly stdout: ResultInput
  readonly exit: Exit
  /** Absolute workspace root; case files are told relative to it. */
  readonly root: string
  readonly durationMs: number
}

export interface CollectedResults {
  readonly cases: readonly TestCase[]
  /** For people, one line each. */
  readonly warnings: readonly string[]
  /** False when results are missing or cut off; no verdict may rest on the cases then. */
  readonly complete: boolean
}

/** Test cases of a command that has ended. */
export async function collectResults(
  program: CommandProgram,
  output: CommandOutput,
): Promise<CollectedResults> {
  const { results, cwd } = program
  if (results.format === 'exit-code') return exitCodeResult(program, output)
  const dir = workspacePath(output.root, cwd)
  if (results.from === 'stdout') return read(results.format, output.stdout, { root: output.root, dir })
  const files = await resultFiles(program)
  if (files.length === 0) {
    return { cases: [], warnings: [`no result file matches ${results.path} in ${cwd}`], complete: false }
  }
  const all: CollectedResults[] = []
  for (const file of files) {
    const name = workspacePath(output.root, file)
    all.push(await read(results.format, createReadStream(file), { root: output.root, dir, file: name }))
  }
  return {
    cases: all.flatMap(({ cases }) => cases),
    warnings: all.flatMap(({ warnings }) => warnings),
    complete: all.every(({ complete }) => complete),
  }
}

interface Place {
  readonly root: string
  readonly dir: string
  readonly file?: string
}

async function read(format: ResultFormat, input: ResultInput, place: Place): Promise<CollectedResults> {
  // Most runs have no such command, and the parsers are many modules.
  const { readResults } = await import('@muster/results')
  const { cases, warnings, complete } = await readResults(format, input, place)
  const found = cases.map((each) => findAttachments(each, place))
  return { cases: found, complete, warnings: warnings.map(describeWarning) }
}

function describeWarning(warning: {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly message: string
}): string {
  const place = [warning.file ?? '<stdout>', warning.line, warning.column].filter(
    (part) => part !== undefined,
  )
  return `${place.join(':')}: ${warning.message}`
}

/** The command is the one test case. One that was killed has no result at all. */
function exitCodeResult(program: CommandProgram, { exit, durationMs }: CommandOutput): CollectedResults {
  const path = [program.command]
  if (exit.code === null) return { cases: [], warnings: [], complete: false }
  const result: TestCase =
    exit.code === 0
      ? { path, status: 'passed', durationMs }
      : { path, status: 'failed', durationMs, error: { message: `exited with code ${exit.code}` } }
  return { cases: [result], warnings: [], complete: true }
}
