import { MAX_SAMPLES, type HyperfineCommand, type HyperfineSpec } from '@muster/model'

/** Arguments of hyperfine for one command. @param json absolute path that it writes its results to */
export function hyperfineArgv(
  { warmup, runs, shell }: Pick<HyperfineSpec, 'warmup' | 'runs' | 'shell'>,
  { name, command, setup, prepare, cleanup }: HyperfineCommand,
  json: string,
): readonly string[] {
  const helper = (option: string, text: string | undefined): string[] =>
    text === undefined ? [] : [option, shell === 'none' ? throughShell(text) : text]
  const head = ['--style', 'none', '--export-json', json, '--warmup', String(warmup), '--shell', shell]
  return [
    ...head,
    ...(runs === undefined ? ['--max-runs', String(MAX_SAMPLES)] : ['--runs', String(runs)]),
    ...helper('--setup', setup),
    ...helper('--prepare', prepare),
    ...helper('--cleanup', cleanup),
    '--command-name',
    name,
    '--',
    command,
  ]
}

/** Without a shell hyperfine starts its helpers without one, too; they aren't measured, and people write shell. */
const throughShell = (text: string): string => `sh -c '${text.replaceAll("'", `'\\''`)}'`
