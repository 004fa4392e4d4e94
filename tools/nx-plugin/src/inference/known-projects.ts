import { packagePatterns } from './package-patterns.ts'
import { isRecord, type WorkspaceFiles } from './workspace-files.ts'

type Json = Readonly<Record<string, unknown>>

/** A project that exists without any suite. */
export interface KnownProject {
  readonly root: string
  readonly name: string
  readonly json: { readonly project?: Json; readonly package?: Json }
}

/**
 * The projects that Nx makes from project.json and package.json files, by root. Projects that other plugins
 * infer can't be seen from here.
 * @param configFiles workspace-relative paths, others than these two kinds are ignored
 */
export function knownProjects(
  configFiles: readonly string[],
  files: WorkspaceFiles,
): Map<string, KnownProject> {
  const roots = new Map<string, { project?: Json; package?: Json }>()
  const at = (root: string): { project?: Json; package?: Json } => {
    const known = roots.get(root) ?? {}
    roots.set(root, known)
    return known
  }
  for (const file of configFiles) {
    if (baseName(file) === 'project.json') at(folderOf(file)).project = files.json(file) ?? {}
  }
  const isWorkspacePackage = packagePatterns(files)
  for (const file of configFiles) {
    if (baseName(file) !== 'package.json') continue
    const root = folderOf(file)
    if (root !== '.' && !roots.has(root) && !isWorkspacePackage(file)) continue
    const json = files.json(file) ?? {}
    // The root is a project only if it says so.
    if (root === '.' && !roots.has(root) && json['nx'] === undefined) continue
    at(root).package = json
  }
  return new Map([...roots].map(([root, json]) => [root, describe(root, json)]))
}

function describe(root: string, json: KnownProject['json']): KnownProject {
  const nx = isRecord(json.package?.['nx']) ? json.package['nx'] : {}
  const name = [json.project?.['name'], nx['name'], json.package?.['name']].find(
    (each) => typeof each === 'string',
  )
  return { root, name: name ?? baseName(root).toLowerCase(), json }
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
export const folderOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
