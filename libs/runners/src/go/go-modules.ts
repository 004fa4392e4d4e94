import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** A module, and its absolute folder. */
export interface GoModule {
  readonly path: string
  readonly dir: string
}

/** The modules whose packages `go test` may name in a folder: the one around it, and those of a workspace (`go.work`). */
export function goModules(dir: string): readonly GoModule[] {
  const own = upwards(dir, 'go.mod')
  const work = upwards(dir, 'go.work')
  const used = work === undefined ? [] : usedFolders(readFileSync(join(work, 'go.work'), 'utf8'))
  const folders = new Set([...(own === undefined ? [] : [own]), ...used.map((each) => resolve(work!, each))])
  return [...folders].flatMap(moduleIn)
}

/**
 * The folder of a package; undefined for one outside the modules.
 * @param name import path
 */
export function packageFolder(name: string, modules: readonly GoModule[]): string | undefined {
  const around = modules.filter(({ path }) => name === path || name.startsWith(`${path}/`))
  const [closest] = around.toSorted((a, b) => b.path.length - a.path.length)
  return closest && join(closest.dir, name.slice(closest.path.length))
}

function moduleIn(dir: string): readonly GoModule[] {
  const file = join(dir, 'go.mod')
  if (!existsSync(file)) return []
  const path = /^\s*module\s+["`]?([^\s"`]+)/m.exec(readFileSync(file, 'utf8'))?.[1]
  return path === undefined ? [] : [{ path, dir }]
}

/** `use ./a` and `use ( ./a ./b )`. */
function usedFolders(text: string): readonly string[] {
  const plain = text.replaceAll(/\/\/.*$/gm, '')
  const uses = [...plain.matchAll(/^\s*use\s+(?:\(([^)]*)\)|(\S+))/gm)]
  return uses.flatMap(([, block, one]) => (block ?? one ?? '').split(/\s+/).filter(Boolean))
}

function upwards(dir: string, name: string): string | undefined {
  for (let folder = dir; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder
    if (folder === dirname(folder)) return undefined
  }
}
