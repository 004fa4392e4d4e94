import { fileURLToPath } from 'node:url'

/**
 * Absolute path of a module of this package that is started as a program, e.g. `host/main`. Always the
 * built one, also when this file runs from source: a TypeScript loader would cost every host 400 ms.
 */
export const ownModule = (name: string): string => {
  const folder = import.meta.url.endsWith('.ts') ? '../dist/' : './'
  return fileURLToPath(new URL(`${folder}${name}.js`, import.meta.url))
}
