import type { ParsedSuite } from '@muster/graph'
import { definedByHand } from '../adoption/own-target.ts'
import { targetNameOf, type InferenceOptions } from './inference-options.ts'
import { baseName, folderOf, type KnownProject } from './known-projects.ts'

/** Where a suite is in Nx's graph. */
export interface SuitePlace {
  readonly root: string
  readonly project: string
  /** The folder is a project in its own right; the suite only adds a target to it. */
  readonly existing: boolean
  readonly target: string
  /** The suite's name in records; made from the folder when the file doesn't give a usable one. */
  readonly suite: string
  /** The file that holds a target of the usual name by hand, so that the suite had to take another. */
  readonly hiddenBy?: string
}

/**
 * A place for every suite file, also for broken ones: two projects of the same name would make Nx refuse the
 * whole graph, so a name that is taken is replaced by one made from the folder.
 */
export function suitePlaces(
  parsed: readonly ParsedSuite[],
  projects: ReadonlyMap<string, KnownProject>,
  options: InferenceOptions,
): Map<string, SuitePlace> {
  const taken = new Set([...projects.values()].map(({ name }) => name))
  for (const name of options.knownProjects ?? []) taken.add(name)
  const suiteNames = new Set<string>()
  const places = new Map<string, SuitePlace>()
  // Those that can keep their name come first, so that a made-up one never takes it.
  const ordered = [...parsed].sort((a, b) => rank(a) - rank(b) || (a.source < b.source ? -1 : 1))
  for (const { source, kind = 'unit', name } of ordered) {
    const root = folderOf(source)
    const existing = projects.get(root)
    const wish = name !== undefined && !suiteNames.has(name) ? name : folderName(root)
    const suiteName = freeName(wish, suiteNames)
    suiteNames.add(suiteName)
    const project = existing?.name ?? freeName(taken.has(suiteName) ? folderName(root) : suiteName, taken)
    taken.add(project)
    const usual = targetNameOf(kind, options)
    const hiddenBy = existing && definedByHand(existing, usual)
    places.set(source, {
      root,
      project,
      existing: existing !== undefined,
      target: hiddenBy === undefined ? usual : `${usual}-suite`,
      suite: suiteName,
      ...(hiddenBy !== undefined && { hiddenBy }),
    })
  }
  return places
}

const rank = ({ name }: ParsedSuite): number => (name === undefined ? 1 : 0)

export const folderName = (root: string): string =>
  root === '.'
    ? 'root-suite'
    : root
        .replaceAll('/', '-')
        .replace(/[^\w.-]/g, '_')
        .replace(/^[^A-Za-z0-9]+/, '') || baseName(root)

export function freeName(name: string, taken: ReadonlySet<string>): string {
  let candidate = name
  for (let number = 2; taken.has(candidate); number++) candidate = `${name}-${number}`
  return candidate
}
