import { rm } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import type { CommandProgram } from '../runner.ts'

/** Absolute paths of the program's result files, sorted. Only below its folder, whatever the glob says. */
export async function resultFiles({ cwd, results }: CommandProgram): Promise<string[]> {
  if (results.format === 'exit-code' || results.from === 'stdout') return []
  // More than seventy modules, and most runs have no such command.
  const { default: fastGlob } = await import('fast-glob')
  const found = await fastGlob(results.path.replace(/^\.\//, ''), {
    cwd,
    absolute: true,
    onlyFiles: true,
    dot: true,
    followSymbolicLinks: false,
  })
  return found.filter((file) => isBelow(cwd, file)).sort()
}

/**
 * Deletes what an earlier run left, so that a command that writes nothing has no results instead of old ones.
 * The worker calls this right before it starts the command.
 */
export async function clearResults(program: CommandProgram): Promise<void> {
  for (const file of await resultFiles(program)) await rm(file, { force: true })
}

function isBelow(dir: string, file: string): boolean {
  const path = relative(dir, file)
  return path !== '' && !isAbsolute(path) && !/^\.\.(?:[\\/]|$)/.test(path)
}
