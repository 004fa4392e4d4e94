import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { MUSTER_VERSION, type CacheHit } from '@muster/engine/client'
import { installedTimes } from '../nx/installed-times.ts'
import type { NxOrder } from '../nx/nx-order.ts'
import { readDerived, writeDerived } from './derived-file.ts'
import { changedFiles, digestOf, stampWorkspace, type WorkspaceStamp } from './stamp-workspace.ts'
import { readTaskFacts, type TaskFacts } from './task-facts.ts'

/*
 * Whether a run can be answered without Nx: the same order has passed, and since it began no file of the workspace,
 * no package and no variable that counts has changed. Then Nx would hash the same contents and find the same entries
 * in its cache. Whatever is in doubt is left to Nx.
 */

/** Raised when the record's layout changes. */
const FORMAT = 1

/** Kept from a run in which all passed and all can be cached. */
interface PassedRun {
  readonly run: string
  /** The environment variables that the key is made of, too. */
  readonly env: readonly string[]
  readonly key: string
  /** Digest of the workspace's stamp after it. */
  readonly workspace: string
  readonly hits: readonly CacheHit[]
  /** Nx's entries, absolute: `nx reset` takes them away. */
  readonly entries: readonly string[]
}

/** The run whose answers still hold. */
export interface StillTrue {
  readonly run: string
  readonly hits: readonly CacheHit[]
}

/** Variables that steer Nx, Muster or Node, declared or not. */
const STEERING = /^(NX_|MUSTER_|NODE_|CI$)/

/** One for each order: whoever goes back and forth between two is answered as fast. */
const recordFile = (order: NxOrder): string =>
  path.join(order.root, '.muster/cache/passed-runs', `${sha256(order).slice(0, 16)}.json`)

/** Where runs leave their own files. */
const ownFolders = (root: string, env: NodeJS.ProcessEnv): ReadonlySet<string> =>
  new Set([
    '.nx',
    '.muster',
    'reports/latest',
    ...[env['NX_CACHE_DIRECTORY'], env['NX_WORKSPACE_DATA_DIRECTORY']].flatMap((folder) =>
      folder === undefined ? [] : [path.relative(root, path.resolve(root, folder))],
    ),
  ])

/** Whether an order could be answered without Nx at all. */
export const isRepeatable = ({ affected, skipCache, overrides }: NxOrder): boolean =>
  !affected && !skipCache && overrides.length === 0 && process.env['NX_SKIP_NX_CACHE'] !== 'true'

/** Undefined when Nx has to be asked. */
export function stillTrue(order: NxOrder, env: NodeJS.ProcessEnv = process.env): StillTrue | undefined {
  const { root } = order
  const passed = readDerived(recordFile(order)) as PassedRun | null | undefined
  if (!Array.isArray(passed?.env) || passed.key !== keyOf(order, env, passed.env)) return undefined
  const stamp = stampWorkspace(root, ownFolders(root, env))
  if (!stamp || digestOf(stamp) !== passed.workspace) return undefined
  return passed.entries.every((entry) => existsSync(entry)) ? passed : undefined
}

/** To be called before Nx reads anything; for `remember` afterwards. */
export const stampBefore = (order: NxOrder): WorkspaceStamp | undefined =>
  stampWorkspace(order.root, ownFolders(order.root, process.env))

/** A file that was changed this shortly before may have been changed again in the same tick of the clock. */
const TICK_MS = 50

/**
 * After a run that passed: keeps what the next one needs to be answered without Nx. Not when anything but the tasks'
 * outputs has changed meanwhile: Nx may have seen either version of it.
 * @param before of the moment before Nx began
 */
export function remember(order: NxOrder, run: string, before: WorkspaceStamp, startedAt: number): void {
  const facts = readTaskFacts(order.root, run)
  const after = facts?.repeatable && stampWorkspace(order.root, ownFolders(order.root, process.env))
  if (!facts?.repeatable || !after || before.newestMs > startedAt - TICK_MS) return
  const isOutput = outputTest(facts.repeatable)
  if (!changedFiles(before, after).every(isOutput)) return
  const { hits, entries, env } = facts.repeatable
  const key = keyOf(order, process.env, env)
  writeDerived(recordFile(order), {
    run,
    env,
    key,
    workspace: digestOf(after),
    hits,
    entries,
  } satisfies PassedRun)
}

/** Outputs may be files, folders or globs; of a glob the part before its first wildcard counts. */
function outputTest({ outputs }: NonNullable<TaskFacts['repeatable']>): (file: string) => boolean {
  const plain = outputs.map((output) => output.replace(/\/?[^/]*[*{[?!].*$/, '').replace(/\/$/, ''))
  return (file) => plain.some((output) => output !== '' && (file === output || file.startsWith(`${output}/`)))
}

function keyOf(order: NxOrder, env: NodeJS.ProcessEnv, inputs: readonly string[]): string {
  const steering = Object.keys(env).filter((name) => STEERING.test(name))
  const names = [...new Set([...steering, ...inputs])].sort()
  return sha256([
    FORMAT,
    MUSTER_VERSION,
    order,
    process.version,
    process.platform,
    process.arch,
    installedTimes(order.root, order.nx),
    names.map((name) => [name, env[name] ?? null]),
  ])
}

const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')
