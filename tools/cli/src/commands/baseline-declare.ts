import type { Command } from 'commander'
import { positiveInteger } from '../parse-options.ts'

/** Declares `muster baseline compare|update|accept|history|prune`. */
export function addBaseline(program: Command, exit: (code: number) => void): void {
  const baseline = program
    .command('baseline')
    .description('hold what suites measure against the committed baselines, and look after these')
  withTargets(baseline.command('compare'))
    .description('measure, compare, and measure again what looks like a regression')
    .argument('[suites...]', 'names, globs, kinds, or kind:…, priority:…; default: all that measure')
    .option(
      '--against <revision>',
      'measure this commit too, on this machine and in turns, instead of the baselines',
    )
    .option('--build <command>', 'with --against: makes a fresh checkout ready, such as "npm run build"')
    .option('--rounds <n>', 'how often to measure (default: 1; with --against 2 of each)', positiveInteger)
    .option('--fresh', 'measure anew, whatever the caches hold')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 no confirmed regression, 1 a confirmed one, 2 a baseline file is broken, 3 something could not be measured (docs/baselines.md)',
    )
    .action(async (suites: string[], options) =>
      exit(await (await import('./baseline-compare.ts')).baselineCompare(suites, options)),
    )
  withTargets(baseline.command('update'))
    .description('measure anew, and make that the baseline of this class of machine')
    .argument('[suites...]')
    .option('--rounds <n>', 'how often to measure; the samples are put together', positiveInteger, 1)
    .action(async (suites: string[], options) =>
      exit(await (await import('./baseline-update.ts')).baselineUpdate(suites, options)),
    )
  withTargets(baseline.command('accept'))
    .description('make what was measured last the baseline of one benchmark')
    .argument('<benchmark>', 'its full name')
    .requiredOption('--why <text>', 'why the change is meant; kept in the file')
    .action(async (name: string, options) =>
      exit(await (await import('./baseline-update.ts')).baselineAccept(name, options)),
    )
  baseline
    .command('history')
    .description('show benchmarks over the runs, and since which commit they are faster or slower')
    .argument('[name]', 'of a benchmark, a metric or a suite; default: all that have changed')
    .option('--limit <n>', 'how many runs', positiveInteger, 200)
    .option('--machine <class>', 'only runs on this class of machine; default: that of the newest run')
    .option('--json', 'as JSON, a line a series')
    .action(async (name: string | undefined, options) =>
      exit(await (await import('./baseline-history.ts')).baselineHistory(name, options)),
    )
  baseline
    .command('prune')
    .description('drop the baselines of benchmarks that are gone')
    .argument('[suites...]')
    .option('--machine <class>', 'also everything of this class of machine')
    .option('--dry-run', 'only say what would go')
    .action(async (suites: string[], options) =>
      exit(await (await import('./baseline-prune.ts')).baselinePrune(suites, options)),
    )
}

const withTargets = (command: Command): Command =>
  command
    .option(
      '--target <name>',
      'the Nx target of suites of kind performance (default: as in nx.json, else bench)',
    )
    .option('--test-target <name>', 'the Nx target of all others (default: as in nx.json, else test)')
