import { readFile } from 'node:fs/promises'

const IMPORT = /^import (?<names>\{[^}]*\}) from '\.\/(?<file>[\w-]+\.js)'$/gm
const EXPORT = /^export (?=(?:const|function|class) (?<name>\w+))/gm

/**
 * The page's script as one text. The client is written as small ES modules without a build step; a page opened
 * from a folder can't import modules, so each becomes a function of its own, dependencies first. It may only
 * `import { x } from './y.js'` and `export` declarations, without renaming.
 */
export async function linkClient(folder: URL, entry: string): Promise<string> {
  const parts: string[] = []
  const seen = new Set<string>()
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file)) return
    seen.add(file)
    const source = await readFile(new URL(file, folder), 'utf8')
    for (const match of source.matchAll(IMPORT)) await visit(match.groups?.['file'] ?? '')
    parts.push(wrapModule(file, source))
  }
  await visit(entry)
  return `'use strict'\n{\nconst modules = {}\n${parts.join('')}}\n`
}

function wrapModule(file: string, source: string): string {
  const names = [...source.matchAll(EXPORT)].map((match) => match.groups?.['name'] ?? '')
  const body = source.replace(IMPORT, `const $<names> = modules['$<file>']`).replace(EXPORT, '')
  return `modules['${file}'] = (() => {\n${body}return { ${names.join(', ')} }\n})()\n`
}
