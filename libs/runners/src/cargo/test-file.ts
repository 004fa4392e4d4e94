import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { CaseError } from '@muster/model'
import type { CargoTarget } from './cargo-target.ts'
import type { Place } from './panic-error.ts'

/** `src/lib.rs - shop::add (line 3)` */
const DOC = /^(.+?\.\w+) - /

/**
 * Where tests are: modules are files by Rust's rules, of which `#[path]` is the exception that isn't known here.
 * @param workspace absolute root of the workspace
 * @returns of a test, its file, workspace-relative
 */
export function testFiles(workspace: string): (target: CargoTarget, test: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (target, test) => {
    const modules = target.root === undefined ? [DOC.exec(test)?.[1] ?? ''] : test.split('::').slice(0, -1)
    const key = [target.id, ...modules].join('\0')
    if (!known.has(key)) known.set(key, inWorkspace(workspace, find(target, modules)))
    return known.get(key)
  }
}

/** The place of a path in a compiler's message or a test's name: relative to the package, or to a folder around it. */
export function findUpwards(dir: string, file: string): string | undefined {
  for (let folder = dir; ; folder = dirname(folder)) {
    const found = join(folder, file)
    if (existsSync(found)) return found
    if (folder === dirname(folder)) return undefined
  }
}

/** Where a documentation test begins. What rustc says of its lines counts from there, or from nowhere. */
export function docPlace(test: string): Place | undefined {
  const [, file, line] = /^(.+?\.\w+) - .*\(line (\d+)\)/.exec(test) ?? []
  return file === undefined ? undefined : { file, line: Number(line) }
}

/**
 * An error with its place as the first line of its stack, in the form in which Muster shows stacks.
 * @param dir absolute folder of the package, which the place is in or above
 */
export function located(workspace: string, dir: string, error: CaseError, place: Place): CaseError {
  const file = inWorkspace(workspace, findUpwards(dir, place.file)) ?? place.file
  const column = place.column === undefined ? '' : `:${place.column}`
  const frame = `    at ${file}:${place.line}${column}`
  return { ...error, stack: error.stack === undefined ? frame : `${frame}\n${error.stack}` }
}

export function inWorkspace(workspace: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  const path = relative(workspace, file).split(sep).join('/')
  return path.startsWith('../') ? undefined : path
}

function find({ root, dir }: CargoTarget, modules: readonly string[]): string | undefined {
  if (root === undefined) return findUpwards(dir, modules[0] ?? '')
  for (let depth = modules.length; depth > 0; depth--) {
    const stem = join(dirname(root), ...modules.slice(0, depth))
    const found = [`${stem}.rs`, join(stem, 'mod.rs')].find((file) => existsSync(file))
    if (found !== undefined) return found
  }
  return root
}
