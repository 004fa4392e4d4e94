import path from 'node:path'
import type { CacheHit } from '@muster/engine/client'
import { RUNTIME_INPUT } from '../inference/suite-inputs.ts'
import { readDerived, writeDerived } from './derived-file.ts'

/** What Nx did in one run, as far as the next one may go by it. */
export interface TaskFacts {
  readonly run: string
  /** What the same order would be answered with from Nx's cache; undefined when it would not. */
  readonly repeatable?: {
    readonly hits: readonly CacheHit[]
    /** Of all tasks, builds included, as Nx resolved them. */
    readonly outputs: readonly string[]
    /** Nx's entries for all tasks, absolute. */
    readonly entries: readonly string[]
    /** Environment variables that are inputs. */
    readonly env: readonly string[]
  }
}

/** A task as Nx's post-run hook gets it. */
export interface FinishedTask {
  readonly id: string
  readonly cache?: boolean
  readonly hash?: string
  readonly outputs?: readonly string[]
  /** By input, among them `env:NAME` and `runtime:command`. */
  readonly hashDetails?: { readonly nodes?: Readonly<Record<string, string>> }
}

const PASSED: ReadonlySet<string> = new Set([
  'success',
  'local-cache',
  'local-cache-kept-existing',
  'remote-cache',
])

/**
 * Only a run in which Nx could keep every result, and none of whose inputs is a command to be asked, can be repeated
 * without Nx. Node's version is looked at without asking the command.
 */
export function taskFacts(
  run: string,
  results: readonly { readonly status: string; readonly task: FinishedTask }[],
  suiteOf: (task: FinishedTask) => string | undefined,
  cacheDir: string,
): TaskFacts {
  const hits: CacheHit[] = []
  const env = new Set<string>()
  for (const { status, task } of results) {
    const { hash, hashDetails, id } = task
    const inputs = Object.keys(hashDetails?.nodes ?? {})
    const known = hash !== undefined && task.cache === true && inputs.length > 0
    if (!known || !PASSED.has(status) || inputs.some(isForeignCommand)) return { run }
    for (const input of inputs) if (input.startsWith('env:')) env.add(input.slice('env:'.length))
    const suite = suiteOf(task)
    if (suite !== undefined) hits.push({ task: id, suite, hash })
  }
  const tasks = results.map(({ task }) => task)
  const outputs = tasks.flatMap((task) => task.outputs ?? [])
  const entries = tasks.map(({ hash }) => path.join(cacheDir, hash ?? ''))
  return { run, repeatable: { hits, outputs, entries, env: [...env].sort() } }
}

const isForeignCommand = (input: string): boolean =>
  input.startsWith('runtime:') && input !== `runtime:${RUNTIME_INPUT.runtime}`

const factsFile = (root: string): string => path.join(root, '.muster/cache/nx-tasks.json')

/** Best effort: without it the next run asks Nx. */
export const writeTaskFacts = (root: string, facts: TaskFacts): void => writeDerived(factsFile(root), facts)

/** Undefined when there are none of this run. */
export function readTaskFacts(root: string, run: string): TaskFacts | undefined {
  const facts = readDerived(factsFile(root)) as TaskFacts | null | undefined
  return facts?.run === run ? facts : undefined
}
