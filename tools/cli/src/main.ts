import { EXIT } from './exit-codes.ts'
import { createProgram } from './program.ts'

/** The exit code is the answer; nothing in here ends the process, so that output is always flushed. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = EXIT.passed
  const program = createProgram((result) => {
    code = result
  })
  const [first] = args
  if (first !== undefined && /^[a-z]/i.test(first) && first !== 'help') {
    const names = program.commands.map((each) => each.name())
    if (!names.includes(first)) return unknownCommand(first, names)
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    const { code: reason, exitCode } = error as { code?: string; exitCode?: number }
    // Commander throws instead of exiting (exitOverride): help and version are fine, the rest is usage.
    if (reason?.startsWith('commander.') === true) return exitCode === 0 ? EXIT.passed : EXIT.usage
    console.error(`muster: internal error, please report it\n${(error as Error).stack ?? String(error)}`)
    return EXIT.internal
  }
}

/** Commander would take it for an argument of the default command. */
async function unknownCommand(command: string, names: readonly string[]): Promise<number> {
  const { closest } = await import('@muster/graph')
  const near = closest(command, names)
  const hint =
    near === undefined ? `suites are chosen with: muster run --suites ${command}` : `did you mean ${near}?`
  console.error(`error: unknown command '${command}'; ${hint}\n(muster --help shows all commands)`)
  return EXIT.usage
}
