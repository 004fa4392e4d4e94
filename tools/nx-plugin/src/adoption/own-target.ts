import type { KnownProject } from '../inference/known-projects.ts'
import { SUITE_EXECUTOR } from '../inference/target-defaults.ts'
import { isRecord } from '../inference/workspace-files.ts'

export type Json = Readonly<Record<string, unknown>>

/** What a project's own files say of a target. */
export interface OwnTarget {
  /**
   * `script`: a script of package.json. `executor`: a target with an executor or a command. Both win over
   * everything that plugins infer. `muster`: the executor is ours, so that the inferred target shines through.
   * `additions`: fields that are laid over an inferred target.
   */
  readonly kind: 'script' | 'executor' | 'muster' | 'additions'
  /** Workspace-relative: where it is said. */
  readonly file: string
  /** All that is said, package.json below project.json. */
  readonly target: Json
  /** The package script of the same name. */
  readonly script?: string
}

/** @returns undefined when nothing is said */
export function ownTarget({ root, json }: KnownProject, name: string): OwnTarget | undefined {
  const folder = root === '.' ? '' : `${root}/`
  const nx = isRecord(json.package?.['nx']) ? json.package['nx'] : {}
  const inPackage = targetIn(nx, name)
  const inProject = targetIn(json.project, name)
  const script = scriptOf(json.package, nx, name)
  const target = { ...inPackage, ...inProject }
  const decisive = saysHow(inProject) ? inProject : inPackage
  const file = `${folder}${inProject && (saysHow(inProject) || !saysHow(inPackage)) ? 'project' : 'package'}.json`
  const said = { file, target, ...(script !== undefined && { script }) }
  if (saysHow(decisive))
    return { kind: decisive?.['executor'] === SUITE_EXECUTOR ? 'muster' : 'executor', ...said }
  if (script !== undefined) return { kind: 'script', file: `${folder}package.json`, target, script }
  return inPackage || inProject ? { kind: 'additions', ...said } : undefined
}

const saysHow = (target: Json | undefined): boolean =>
  target?.['executor'] !== undefined || target?.['command'] !== undefined

/** The file that defines a target so that it wins over an inferred one. */
export function definedByHand(project: KnownProject, name: string): string | undefined {
  const own = ownTarget(project, name)
  return own?.kind === 'script' || own?.kind === 'executor' ? own.file : undefined
}

function targetIn(json: Json | undefined, name: string): Json | undefined {
  const targets = json?.['targets']
  const target = isRecord(targets) && Object.hasOwn(targets, name) ? targets[name] : undefined
  return isRecord(target) ? target : undefined
}

function scriptOf(pkg: Json | undefined, nx: Json, name: string): string | undefined {
  const scripts = pkg?.['scripts']
  if (!isRecord(scripts) || !Object.hasOwn(scripts, name)) return undefined
  const included = nx['includedScripts']
  if (Array.isArray(included) && !included.includes(name)) return undefined
  const text = scripts[name]
  return typeof text === 'string' ? text : undefined
}

/** Names of all targets that a project's own files speak of. */
export function ownTargetNames({ json }: KnownProject): readonly string[] {
  const nx = isRecord(json.package?.['nx']) ? json.package['nx'] : {}
  return [
    ...new Set(
      [json.project?.['targets'], nx['targets'], json.package?.['scripts']].flatMap((each) =>
        isRecord(each) ? Object.keys(each) : [],
      ),
    ),
  ]
}
