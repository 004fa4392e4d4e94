import { modulesOf } from '../bench-modules.ts'
import { benchEnv } from '../bench-env.ts'
import { clearCaches, createBenchWorkspace } from '../bench-workspace.ts'
import type { Contestant } from '../contestant.ts'
import { observe } from '../observe.ts'
import { mustRun } from '../run-to-end.ts'
import { untilQuiet } from '../until-quiet.ts'
import { openCpuAccount, type CpuAccount } from './cpu-account.ts'
import { GIANT } from './giant-files.ts'
import { unitsOfSuite } from './units-of-suite.ts'

export interface ColdRun {
  readonly wall: number
  /** Seconds of user and system time of all its processes, until the last has ended; NaN without cgroups. */
  readonly cpu: number
  /** Of the giant, where Muster tells. */
  readonly units: number | undefined
}

export interface Lane {
  readonly contestant: Contestant
  readonly root: string
  readonly account: CpuAccount | undefined
  readonly runs: ColdRun[]
}

/** Makes the workspace. A first run, not timed, shows that every suite runs, and is what a history can be of. */
export async function enterLane(
  contestant: Contestant,
  root: string,
  suites: readonly string[],
): Promise<Lane> {
  await createBenchWorkspace(root, contestant, suites, await modulesOf(contestant))
  await observe(root, contestant.command, suites)
  await untilQuiet(root)
  const account = openCpuAccount(contestant.name.replaceAll(/\W+/g, '-'))
  return { contestant, root, account, runs: [] }
}

/** One run from cold caches. Throws when the command fails. */
export async function runCold({ contestant, root, account, runs }: Lane): Promise<void> {
  await clearCaches(root, contestant)
  const [file = '', ...args] = [...(account?.prefix ?? []), ...contestant.command.split(' ')]
  const before = account?.read() ?? Number.NaN
  const startedAt = performance.now()
  await mustRun(file, args, { cwd: root, env: benchEnv() })
  const wall = (performance.now() - startedAt) / 1000
  await untilQuiet(root)
  const cpu = (account?.read() ?? Number.NaN) - before
  runs.push({ wall, cpu, units: await unitsOfSuite(root, GIANT) })
}
