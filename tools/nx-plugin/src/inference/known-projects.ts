import { packagePatterns } from './package-patterns.ts'
import { isRecord, type WorkspaceFiles } from './workspace-files.ts'

type Json = Readonly<Record<string, unknown>>

/** A project that exists without any suite. */
export interface KnownProject {
  readonly root: string
  readonly name: string
  /** The target is defined by hand, in this file, and would win over an inferred one. */
  definesTarget(target: string): string | undefined
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
  return new Map([...roots].map(([root, json]) => [root, describe(root, json.project, json.package)]))
}

function describe(root: string, project: Json | undefined, pkg: Json | undefined): KnownProject {
  const nx = isRecord(pkg?.['nx']) ? pkg['nx'] : {}
  const name = [project?.['name'], nx['name'], pkg?.['name']].find((each) => typeof each === 'string')
  return {
    root,
    name: name ?? baseName(root).toLowerCase(),
    definesTarget(target) {
      const folder = root === '.' ? '' : `${root}/`
      if (replaces(project?.['targets'], target)) return `${folder}project.json`
      if (replaces(nx['targets'], target) || runsScript(pkg, nx, target)) return `${folder}package.json`
      return undefined
    },
  }
}

/** A target without an executor of its own only adds to the inferred one. */
function replaces(targets: unknown, name: string): boolean {
  const target = isRecord(targets) ? targets[name] : undefined
  if (!isRecord(target)) return false
  const { executor, command } = target as { executor?: unknown; command?: unknown }
  return command !== undefined || (executor !== undefined && executor !== '@muster/nx:suite')
}

function runsScript(pkg: Json | undefined, nx: Json, name: string): boolean {
  const scripts = pkg?.['scripts']
  if (!isRecord(scripts) || !Object.hasOwn(scripts, name)) return false
  const included = nx['includedScripts']
  return !Array.isArray(included) || included.includes(name)
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
export const folderOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
