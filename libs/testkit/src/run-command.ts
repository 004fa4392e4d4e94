import { RunningProcess, type Exit, type SpawnOptions } from './running-process.ts'

export interface RunOptions extends SpawnOptions {
  /** When reached, the whole group is killed and the call throws. Default 120 000. */
  readonly timeoutMs?: number
}

/** Runs a command to its end. Any exit code is an answer; only a command that can't start or hangs throws. */
export async function runCommand(
  command: readonly [string, ...string[]],
  { timeoutMs = 120_000, ...options }: RunOptions,
): Promise<Exit> {
  const running = new RunningProcess(command, options)
  let late = false
  const timer = setTimeout(() => {
    late = true
    running.killGroup('SIGKILL')
  }, timeoutMs)
  try {
    const exit = await running.exit
    if (!late) return exit
  } finally {
    clearTimeout(timer)
  }
  const output = `stdout:\n${running.stdout}\nstderr:\n${running.stderr}`
  throw new Error(`${command.join(' ')}: killed after ${timeoutMs} ms\n${output}`)
}

/** For set-up steps that have to work. */
export async function mustRun(command: readonly [string, ...string[]], options: RunOptions): Promise<Exit> {
  const exit = await runCommand(command, options)
  if (exit.code === 0) return exit
  throw new Error(
    `${command.join(' ')}: exit ${exit.code ?? exit.signal} in ${options.cwd}\n${exit.stdout}\n${exit.stderr}`,
  )
}
