import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { benchEnv } from '../bench-env.ts'
import { modulesOf } from '../bench-modules.ts'
import { clearCaches, createBenchWorkspace } from '../bench-workspace.ts'
import { runToEnd } from '../run-to-end.ts'
import { untilQuiet } from '../until-quiet.ts'
import { HISTORIAN } from './fail-first-contestants.ts'
import { BROKEN_FILE } from './varied-suites.ts'

const MEMORY = '.muster/memory.ndjson'

/** Real runs: all of `fragile` fails in every other one. @returns the file that Muster remembers them in */
export async function makeHistory(
  root: string,
  suites: readonly string[],
  fragile: readonly string[],
  runs: number,
): Promise<string> {
  await createBenchWorkspace(root, HISTORIAN, suites, await modulesOf(HISTORIAN))
  const forget = { ...HISTORIAN, caches: ['.nx', 'reports', '.muster/[!m]*'] }
  const [file = '', ...args] = HISTORIAN.command.split(' ')
  for (let run = 0; run < runs; run++) {
    const broken = run % 2 === 0 ? fragile : []
    await writeFile(join(root, BROKEN_FILE), JSON.stringify(broken))
    await clearCaches(root, forget)
    const { code, stdout, stderr } = await runToEnd(file, args, { cwd: root, env: benchEnv() })
    if ((code === 0) !== (broken.length === 0))
      throw new Error(`a run of the history ended with ${code}\n${stdout}\n${stderr}`)
    await untilQuiet(root)
  }
  return join(root, MEMORY)
}

export async function restoreHistory(root: string, memory: string): Promise<void> {
  const target = join(root, MEMORY)
  await mkdir(dirname(target), { recursive: true })
  await copyFile(memory, target)
}
