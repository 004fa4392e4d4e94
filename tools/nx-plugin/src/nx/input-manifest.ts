import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { suiteFolder } from '@muster/model'
import type { TaskHash } from './hash-tasks.ts'

/** What went into a suite's hash when it last ran here, and the time before: what `muster why` compares. */
export interface InputManifest {
  readonly current: TaskHash
  readonly previous?: TaskHash
}

const manifestFile = (root: string, suite: string): string =>
  path.join(root, '.muster', 'inputs', `${suiteFolder(suite)}.json`)

/** Undefined when the suite never ran here. */
export function readInputs(root: string, suite: string): InputManifest | undefined {
  try {
    return JSON.parse(readFileSync(manifestFile(root, suite), 'utf8')) as InputManifest
  } catch {
    return undefined
  }
}

/** Best effort: without it `muster why` knows less. */
export function writeInputs(root: string, suite: string, current: TaskHash): void {
  const before = readInputs(root, suite)
  const previous = before?.current.hash === current.hash ? before.previous : before?.current
  const file = manifestFile(root, suite)
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(`${file}.${process.pid}`, JSON.stringify({ current, ...(previous && { previous }) }))
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    return
  }
}

export interface InputChanges {
  readonly changed: readonly string[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** Inputs that aren't files: environment, runtime, packages, target options. */
  readonly other: readonly string[]
}

/** What differs, in words of files where files differ. */
export function compareInputs(before: TaskHash, after: TaskHash): InputChanges {
  const names = [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])].sort()
  const nodes = [...new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])].sort()
  return {
    changed: names.filter(
      (name) => name in before.files && name in after.files && before.files[name] !== after.files[name],
    ),
    added: names.filter((name) => !(name in before.files)),
    removed: names.filter((name) => !(name in after.files)),
    other: nodes.filter((name) => !isFileset(name) && before.nodes[name] !== after.nodes[name]),
  }
}

/** Nx names filesets `project:{projectRoot}/…` or by their globs; the files under them are listed by themselves. */
const isFileset = (node: string): boolean => /\{(projectRoot|workspaceRoot)\}|\*/.test(node)
