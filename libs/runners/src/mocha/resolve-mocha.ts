import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '@muster/model'
import type { PrepareProblem } from '../runner.ts'
import type { MochaFiles } from './input.ts'

const SUPPORTED: ReadonlySet<number> = new Set([10, 11, 12])

/**
 * The mocha that `npx mocha` would run in the suite's folder.
 * @param dir absolute folder of the suite
 */
export function resolveMocha(dir: string): Result<MochaFiles, PrepareProblem> {
  let manifest: string
  try {
    manifest = realpathSync(createRequire(join(dir, 'package.json')).resolve('mocha/package.json'))
  } catch {
    return problem(`mocha is not installed where ${dir} could find it.`, 'Install it: npm i -D mocha')
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  if (!SUPPORTED.has(Number.parseInt(version, 10))) {
    return problem(
      `mocha ${version} in ${dirname(manifest)} is not supported; 10, 11 and 12 are.`,
      'Update it: npm i -D mocha@12',
    )
  }
  const lib = join(dirname(manifest), 'lib')
  const file = (name: string): string | undefined =>
    ['.cjs', '.js'].map((extension) => join(lib, name + extension)).find((path) => existsSync(path))
  const main = file('mocha')
  const esmUtils = file('nodejs/esm-utils')
  const pluginLoader = file('plugin-loader')
  if (main === undefined || esmUtils === undefined || pluginLoader === undefined) {
    return problem(
      `mocha ${version} in ${dirname(manifest)} is incomplete.`,
      'Install it again: npm i -D mocha',
    )
  }
  return ok({ dir: dirname(manifest), version, main, esmUtils, pluginLoader })
}

const problem = (message: string, fix: string): Result<never, PrepareProblem> =>
  err({ type: 'environment', message, fix })
