import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { onPath } from '../tool/on-path.ts'

export interface Python {
  /** The program and its first arguments. */
  readonly argv: readonly [string, ...string[]]
  /** The same as a person would type it in the suite's folder. */
  readonly typed: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

const VENVS = ['.venv', 'venv']
const IN_VENV = ['bin/python', 'Scripts/python.exe']
const LOCKS = [
  { lock: 'uv.lock', command: 'uv' },
  { lock: 'poetry.lock', command: 'poetry' },
] as const

/**
 * The Python of a suite: what `PYTHON` names; else, from the suite's folder up to the root, the first folder with a
 * virtual environment, or with the lock of a tool that is installed; else the one on the path.
 * @param dir absolute folder of the suite
 * @param root absolute workspace root
 */
export function findPython(dir: string, root: string, env: Environment): Python {
  if (env['PYTHON']) return as(env['PYTHON'])
  for (let folder = dir; ; folder = dirname(folder)) {
    const venv = VENVS.flatMap((name) => IN_VENV.map((python) => join(folder, name, python))).find(existsSync)
    if (venv !== undefined) return { argv: [venv], typed: [relative(dir, venv)] }
    const manager = LOCKS.find(({ lock, command }) => existsSync(join(folder, lock)) && onPath(command, env))
    if (manager) return as(manager.command, 'run', 'python')
    if (folder === root || folder === dirname(folder)) break
  }
  return as(process.platform === 'win32' && !onPath('python3', env) ? 'python' : 'python3')
}

const as = (...argv: [string, ...string[]]): Python => ({ argv, typed: argv })
