import { Command, InvalidArgumentError } from 'commander'
import { MUSTER_VERSION } from '@muster/engine/client'

/** Commands are imported when they are called: `muster --help` and a cached `muster run` stay quick. */
export function createProgram(exit: (code: number) => void): Command {
  const program = new Command('muster')
    .description('Orchestrates the test suites of an Nx workspace.')
    .version(MUSTER_VERSION)
    .showHelpAfterError('(muster --help shows all commands)')
    .showSuggestionAfterError(true)
    .exitOverride()
  addRun(program, exit)
  program
    .command('plan')
    .description('show what would run, in which order and why, without running it')
    .argument('[suites...]', 'names, globs, kinds, or kind:…, priority:…')
    .option('--workers <n>', 'plan for this many workers', positiveInteger)
    .option('--json', 'as JSON')
    .action(async (suites: string[], options) =>
      exit(await (await import('./commands/plan.ts')).plan(suites, options)),
    )
  program
    .command('why')
    .description('say why a suite ran, was cached or was skipped, down to the file')
    .argument('<suite>')
    .option('--json', 'as JSON')
    .action(async (suite: string, options) =>
      exit(await (await import('./commands/why.ts')).why(suite, options)),
    )
  program
    .command('replay')
    .description('show a run again as it was printed')
    .argument('[run]', 'run id; the newest by default')
    .action(async (run?: string) => exit(await (await import('./commands/replay.ts')).replay(run)))
  program
    .command('report')
    .description('write the reports of a run again, to reports/latest')
    .argument('[run]', 'run id; the newest by default')
    .option('--json', 'print the run record instead')
    .action(async (run: string | undefined, options) =>
      exit(await (await import('./commands/report.ts')).report(run, options)),
    )
  program
    .command('history')
    .description('list earlier runs, or the runs of one suite')
    .argument('[suite]')
    .option('--limit <n>', 'how many', positiveInteger, 20)
    .option('--json', 'as JSON')
    .action(async (suite: string | undefined, options) =>
      exit(await (await import('./commands/history.ts')).history(suite, options)),
    )
  program
    .command('doctor')
    .description('check the machine and the workspace, and say how to mend what is wrong')
    .option('--json', 'as JSON')
    .action(async (options) => exit(await (await import('./commands/doctor.ts')).doctor(options)))
  return program
}

function addRun(program: Command, exit: (code: number) => void): void {
  program
    .command('run')
    .description('run suites through Nx: what is cached is answered, the rest is run')
    .option('--suites <suites...>', 'names, globs, kinds, or kind:…, priority:… (default: all)')
    .option('--affected', 'only suites that a change reaches (nx affected)')
    .option('--base <ref>', 'with --affected: compare with this commit')
    .option('--head <ref>', 'with --affected: compare up to this commit')
    .option('--target <name>', 'the Nx target', 'test')
    .option(
      '--workers <n>',
      'suites that run at a time (default: the machine’s parallelism)',
      positiveInteger,
    )
    .option(
      '--timeout <duration>',
      'hard limit for each suite, such as 90s or 5m; overrides suite.json',
      duration,
    )
    .option('--environment <name>', 'where suites run; only "local" is supported yet', 'local')
    .option('--fail-fast', 'stop at the first suite that doesn’t pass')
    .option('--skip-cache', 'run everything, whatever the caches hold')
    .option('--no-reports', 'write no reports')
    .option('--no-coverage', 'accepted; coverage is not collected yet')
    .option('--quiet', 'print the summary only')
    .option('--json', 'print the run record as JSON and nothing else')
    .option('--verbose', 'show Nx’s own output too')
    .addHelpText(
      'after',
      '\nExamples:\n  muster run --suites unit integration --workers 2\n  muster run --affected --base origin/main\n\nExit codes: 0 passed, 1 failed, 2 usage, 3 environment, 130 stopped (docs/exit-codes.md)',
    )
    .action(async (options) => exit(await (await import('./commands/run.ts')).run(options)))
}

function positiveInteger(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number of at least 1.')
  return value
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text)
  const value = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? 'ms'] ?? Number.NaN)
  // Node's timers fire at once when asked to wait longer than a signed 32-bit number of milliseconds.
  if (value >= 2 ** 31) throw new InvalidArgumentError('Expected at most 24 days.')
  if (!(value >= 1)) throw new InvalidArgumentError('Expected a duration such as 500ms, 90s, 5m or 1h.')
  return Math.round(value)
}
