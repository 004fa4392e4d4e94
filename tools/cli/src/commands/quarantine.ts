import { type Command } from 'commander'

/** Declares `muster quarantine add|list|remove`. */
export function addQuarantine(program: Command, exit: (code: number) => void): void {
  const quarantine = program
    .command('quarantine')
    .description('keep failures of flaky tests from counting for a while, with an owner and a last day')
  quarantine
    .command('add')
    .description('put a test case, or all of a suite, into quarantine')
    .argument('<suite>')
    .argument('[case]', "full name of the test case, titles joined with ' › '; all of the suite without it")
    .requiredOption('--owner <who>', 'who looks after it')
    .requiredOption('--reason <text>', 'what is wrong, or where that is being worked on')
    .option('--until <day>', 'last day: 2030-01-31, 14d or 2w; at most 180 days ahead', '14d')
    .option('--force', 'also when the suite or the test case is unknown')
    .action(async (suite: string, caseName: string | undefined, options) =>
      exit(await (await import('./quarantine-add.ts')).quarantineAdd(suite, caseName, options)),
    )
  quarantine
    .command('list')
    .description('show what is in quarantine; exit code 1 when an entry has expired')
    .option('--json', 'as JSON')
    .action(async (options) => exit(await (await import('./quarantine-list.ts')).quarantineList(options)))
  quarantine
    .command('remove')
    .description('take it out again: its failures count')
    .argument('<suite>')
    .argument('[case]')
    .action(async (suite: string, caseName: string | undefined) =>
      exit(await (await import('./quarantine-remove.ts')).quarantineRemove(suite, caseName)),
    )
}
