import { type Command } from 'commander'

type Positive = (text: string) => number

/** Declares `muster history` with its subcommands, and `muster flaky`. */
export function addHistory(program: Command, exit: (code: number) => void, positive: Positive): void {
  const history = program
    .command('history')
    .description('list earlier runs, or the runs or test cases of one suite')
    .argument('[suite]')
    .option('--limit <n>', 'how many runs', positive, 20)
    .option('--cases', 'the test cases of the suite over these runs')
    .option('--json', 'as JSON')
    .action(async (suite: string | undefined, options) =>
      exit(await (await import('./history.ts')).history(suite, options)),
    )
  history
    .command('prune')
    .description('forget old runs, for good')
    .requiredOption('--keep <n>', 'how many of the newest to keep', positive)
    .action(async (options) => exit(await (await import('./history-exchange.ts')).pruneHistory(options)))
  history
    .command('export')
    .description('write all runs to a file, one JSON record a line')
    .argument('<file>')
    .action(async (file: string) => exit(await (await import('./history-exchange.ts')).exportTo(file)))
  history
    .command('import')
    .description('take in the runs of such a file, of another machine say; again changes nothing')
    .argument('<file>')
    .action(async (file: string) => exit(await (await import('./history-exchange.ts')).importFrom(file)))
  program
    .command('flaky')
    .description('show which tests fail by chance, how often and how sure that is')
    .option('--days <n>', 'look back so far', positive, 30)
    .option('--limit <n>', 'how many findings', positive, 20)
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nKINDS  content: failed and passed with the same task hash, platform and Node version; retry: passed after a' +
        '\nfailure in one run; both; platform: fails whenever it runs there, so that it is no flake.' +
        '\nRUNS   runs with a failure / runs compared. RATE is their share, 95 % its Wilson score interval.',
    )
    .action(async (options) => exit(await (await import('./flaky.ts')).flaky(options)))
}
