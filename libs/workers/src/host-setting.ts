import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

import type { InProcessProgram } from '@muster/runners'

/** What a host process has for life. Units with the same `key` can share one. */
export interface HostSetting {
  readonly key: string
  readonly nodeOptions: readonly string[]
  /** Where `--import x` is resolved, in the process and in each of its threads. */
  readonly cwd: string
  /** Variables that count only when a process starts. */
  readonly startEnv: Readonly<Record<string, string>>
}

/** Read by node, V8, ICU, OpenSSL or the dynamic linker when the process starts, not later. */
const AT_START = /^(NODE_|UV_|LD_|DYLD_|SSL_|OPENSSL_|MALLOC_|GLIBC_|LC_|LANG|TZ$|ICU_)/

export function hostSetting(
  root: string,
  program: Pick<InProcessProgram, 'nodeOptions' | 'cwd'> | undefined,
  env: Readonly<Record<string, string>>,
): HostSetting {
  const nodeOptions = program?.nodeOptions ?? []
  const cwd = program && program.nodeOptions.length > 0 ? resolvingFolder(program, root) : root
  const startEnv = Object.fromEntries(
    Object.entries(env)
      // A suite's coverage folder is for what its tests start; its host counts in its own way.
      .filter(([name]) => AT_START.test(name) && name !== 'NODE_V8_COVERAGE')
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
  return { key: JSON.stringify([nodeOptions, cwd, startEnv]), nodeOptions, cwd, startEnv }
}

const MODULE_OPTION = /^(?:--import|--require|-r|--loader|--experimental-loader)(?:=(.*))?$/

/**
 * The folder from which the options' modules resolve as they do from the suite's own: the root when all
 * come from its node_modules, so that the suites of a workspace share hosts; else the suite's folder.
 */
function resolvingFolder(
  { nodeOptions, cwd }: Pick<InProcessProgram, 'nodeOptions' | 'cwd'>,
  root: string,
): string {
  const names = nodeOptions.flatMap((option, at) => {
    const match = MODULE_OPTION.exec(option)
    return match ? [match[1] ?? nodeOptions[at + 1] ?? ''] : []
  })
  return names.every((name) => isAbsoluteModule(name) || foundFrom(cwd, name) === root) ? root : cwd
}

const isAbsoluteModule = (name: string): boolean =>
  /^(\/|[a-z]{2,}:|data:)/i.test(name) || /^[a-z]:[\\/]/i.test(name)

/** The nearest folder, upwards, whose node_modules holds the package. */
function foundFrom(cwd: string, name: string): string | undefined {
  if (name.startsWith('.')) return undefined
  const packageName = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', packageName))) return folder
    if (folder === dirname(folder)) return undefined
  }
}
