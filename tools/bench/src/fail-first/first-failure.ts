import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { benchEnv } from '../bench-env.ts'
import { TRACE } from '../bench-workspace.ts'
import { FAILURE_MARK } from './varied-suites.ts'

/** Seconds from the start of the command. */
export interface FirstFailure {
  /** Until the broken suite's test file was loaded. */
  readonly begun: number
  /** Until the failure's message came out of the command. */
  readonly told: number
  /** Until the command ended. */
  readonly ended: number
}

/** Runs a command in which the suite `broken` fails. Throws when it doesn't say so, or ends as if all were well. */
export async function firstFailure(root: string, command: string, broken: string): Promise<FirstFailure> {
  const trace = join(root, '.git/bench-trace')
  await rm(trace, { force: true })
  const [file = '', ...args] = command.split(' ')
  const startedAt = Date.now()
  const child = spawn(file, args, {
    cwd: root,
    env: benchEnv({ [TRACE]: trace }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let toldAt: number | undefined
  const listen = (text: string): void => {
    output += text
    if (toldAt === undefined && output.includes(FAILURE_MARK)) toldAt = Date.now()
  }
  child.stdout.setEncoding('utf8').on('data', listen)
  child.stderr.setEncoding('utf8').on('data', listen)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const ended = Date.now() - startedAt
  if (code === 0) throw new Error(`${command}: exit 0 although ${broken} fails`)
  if (toldAt === undefined)
    throw new Error(`${command}: never told that ${broken} fails\n${output.slice(-2000)}`)
  const line = (await readFile(trace, 'utf8')).split('\n').find((each) => each.startsWith(`${broken} `))
  const begun = Number(line?.split(' ')[1]) - startedAt
  return { begun: begun / 1000, told: (toldAt - startedAt) / 1000, ended: ended / 1000 }
}
