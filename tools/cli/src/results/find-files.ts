import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { globToRegExp, isGlob } from '@muster/graph'

export type FoundFiles =
  | { readonly ok: true; readonly files: readonly string[] }
  | { readonly ok: false; readonly message: string }

/**
 * Files that an argument names: itself, or what it matches as a glob, sorted. Shells leave a quoted glob alone, and
 * some have no `**`. A name that exists is taken as it is, whatever characters it has. Folders called
 * node_modules and .git are not searched.
 */
export async function findFiles(argument: string): Promise<FoundFiles> {
  const itself = await stat(argument).catch(() => undefined)
  if (itself?.isDirectory() === true) {
    return {
      ok: false,
      message: `${argument} is a folder; give files, or a glob such as '${path.posix.join(argument, '**/*.xml')}'`,
    }
  }
  if (itself) return { ok: true, files: [argument] }
  if (!isGlob(argument)) {
    return { ok: false, message: `there is no file ${argument} (looked in ${process.cwd()})` }
  }
  const files = await matches(argument.replace(/^\.\//, ''))
  if (files.length > 0) return { ok: true, files }
  return { ok: false, message: `no file matches ${argument} (looked in ${process.cwd()})` }
}

async function matches(glob: string): Promise<readonly string[]> {
  const segments = glob.split('/')
  const start = segments.slice(0, segments.findIndex(isGlob)).join('/')
  const folder = glob.startsWith('/') && start === '' ? '/' : start
  const pattern = globToRegExp(glob)
  const depth = glob.includes('**') ? Number.POSITIVE_INFINITY : segments.length - segments.findIndex(isGlob)
  const files: string[] = []
  await walk(folder, depth, (file) => {
    if (pattern.test(file)) files.push(file)
  })
  return files.sort()
}

async function walk(folder: string, depth: number, onFile: (file: string) => void): Promise<void> {
  const entries = await readdir(folder || '.', { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const name = folder === '' || folder === '/' ? `${folder}${entry.name}` : `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      const skip = entry.name === 'node_modules' || entry.name === '.git'
      if (depth > 1 && !skip) await walk(name, depth - 1, onFile)
    } else onFile(name)
  }
}
