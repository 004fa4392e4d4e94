import { Command } from 'commander'
import { MUSTER_VERSION } from '@muster/engine/client'
import { addBaseline } from './commands/baseline-declare.ts'
import { addHistory } from './commands/history-declare.ts'
import { addQuarantine } from './commands/quarantine.ts'
import { addResults } from './commands/results-declare.ts'
import { duration, objective, positiveInteger, positiveIntegers, wholeNumber } from './parse-options.ts'

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
    .option(
      '--workers <n,…>',
      'plan for this many workers; several, such as 1,2,4,8, are compared',
      positiveIntegers,
    )
    .option('--objective <name>', 'feedback, makespan or balanced (default)', objective)
    .option('--budget <duration>', 'plan for a run that may take this long, such as 10m', duration)
    .option('--why', 'with the parts of each score')
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
    .command('coverage')
    .description('write one coverage report of a run’s suites, and hold it against the thresholds')
    .argument('[run]', 'run id; the newest by default')
    .option('--diff <revision>', 'also: which lines that changed since this commit are not covered')
    .option('--html <dir>', 'where the reports go (default: reports/latest/coverage)')
    .option('--json', 'print the totals as JSON')
    .addHelpText(
      'after',
      '\nWrites index.html, lcov.info, cobertura.xml and coverage-summary.json.' +
        '\n\nExit codes: 0 fine, 1 a threshold of nx.json is missed or a suite’s coverage is lost, 2 the run has none (docs/coverage.md)',
    )
    .action(async (run: string | undefined, options) =>
      exit(await (await import('./commands/coverage.ts')).coverage(run, options)),
    )
  addBaseline(program, exit)
  addHistory(program, exit, positiveInteger)
  addQuarantine(program, exit)
  addResults(program, exit)
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
    .option('--objective <name>', 'what the order is good for: feedback, makespan or balanced', objective)
    .option(
      '--budget <duration>',
      'time for the run, such as 10m: the most valuable suites first, the rest is left out and said',
      duration,
    )
    .option('--failed', 'only the test cases that failed in the last run')
    .option('--retries <n>', 'further attempts at what fails; overrides suite.json', wholeNumber)
    .option('--fail-fast', 'stop at the first suite that doesn’t pass')
    .option('--skip-cache', 'run everything, whatever the caches hold')
    .option('--no-reports', 'write no reports')
    .option('--no-coverage', 'collect no coverage, whatever suites declare')
    .option('--quiet', 'print the summary only')
    .option('--json', 'print the run record as JSON and nothing else')
    .option('--verbose', 'show Nx’s own output too')
    .addHelpText(
      'after',
      '\nExamples:\n  muster run --suites unit integration --workers 2\n  muster run --affected --base origin/main\n\nExit codes: 0 passed, 1 failed, 2 usage, 3 environment, 130 stopped (docs/exit-codes.md)',
    )
    .action(async (options) => exit(await (await import('./commands/run.ts')).run(options)))
  program
    .command('resume')
    .description('finish a run that was cut off: what had passed in it is not run again')
    .argument('[run]', 'run id; the newest one that was cut off by default')
    .option('--workers <n>', 'units that run at a time', positiveInteger)
    .action(async (run: string | undefined, options) =>
      exit(await (await import('./commands/resume.ts')).resume(run, options)),
    )
}
