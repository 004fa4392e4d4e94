import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '@muster/model'
import type { PrepareProblem } from '../runner.ts'

export interface Tinybench {
  readonly version: string
  /** Absolute path of its entry. */
  readonly entry: string
}

/** Since 4 its results have a `latency`. */
const OLDEST = 4

/** The tinybench that a bench file in this folder would import. @param dir absolute */
export function resolveTinybench(dir: string): Result<Tinybench, PrepareProblem> {
  const entry = entryIn(dir)
  if (entry === undefined) {
    return problem(`tinybench is not installed where ${dir} could find it.`, 'Install it: npm i -D tinybench')
  }
  const version = versionOf(entry)
  if (version === undefined || Number.parseInt(version, 10) < OLDEST) {
    return problem(
      `tinybench ${version ?? 'of an unknown version'} at ${entry} is not supported; ${OLDEST} and later are.`,
      'Update it: npm i -D tinybench@6',
    )
  }
  return ok({ version, entry })
}

function entryIn(dir: string): string | undefined {
  try {
    return createRequire(join(dir, 'package.json')).resolve('tinybench')
  } catch {
    return undefined
  }
}

/** Its exports don't let its manifest be asked for by name. */
function versionOf(entry: string): string | undefined {
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string
        version?: string
      }
      if (name === 'tinybench') return version
    } catch {
      continue
    }
  }
  return undefined
}

const problem = (message: string, fix: string): Result<never, PrepareProblem> =>
  err({ type: 'environment', message, fix })
