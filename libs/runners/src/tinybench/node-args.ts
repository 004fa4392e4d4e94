import { createRequire } from 'node:module'
import { join } from 'node:path'
import { err, ok, type Result } from '@muster/model'
import type { PrepareProblem } from '../runner.ts'

/** Node runs TypeScript by itself from here on, types stripped. */
const STRIPS_TYPES = [22, 18] as const

/**
 * Options of the node processes that measure: the user's own, a loader where bench files are TypeScript and this node
 * can't read it, and the garbage collector at hand.
 * @param cwd absolute folder of the suite
 */
export function nodeArgs(
  cwd: string,
  files: readonly string[],
  own: readonly string[],
): Result<readonly string[], PrepareProblem> {
  const base = ['--expose-gc', ...own]
  const typed = files.find((file) => /\.[cm]?ts$/.test(file))
  if (typed === undefined || own.some((option) => /^(--import|--loader|--require)\b/.test(option)))
    return ok(base)
  if (isInstalled(cwd, 'tsx')) return ok([...base, '--import=tsx'])
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > STRIPS_TYPES[0] || (major === STRIPS_TYPES[0] && minor >= STRIPS_TYPES[1])) return ok(base)
  return err({
    type: 'environment',
    message: `${typed} is TypeScript, which node ${process.versions.node} can't run by itself.`,
    fix: 'Install a loader: npm i -D tsx; or name one in "nodeOptions" of the runner.',
  })
}

function isInstalled(cwd: string, name: string): boolean {
  try {
    createRequire(join(cwd, 'package.json')).resolve(name)
    return true
  } catch {
    return false
  }
}
