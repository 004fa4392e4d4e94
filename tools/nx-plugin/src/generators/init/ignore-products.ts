import type { Tree } from '../../nx/devkit.ts'

const PRODUCTS = ['.muster', 'reports']

/** Adds what Muster writes to .gitignore, unless a line says so already. */
export function ignoreProducts(tree: Tree): void {
  const text = tree.read('.gitignore', 'utf8') ?? ''
  const known = new Set(text.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, '')))
  const missing = PRODUCTS.filter((folder) => !known.has(folder))
  if (missing.length === 0) return
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`
  tree.write('.gitignore', `${before}${missing.join('\n')}\n`)
}
