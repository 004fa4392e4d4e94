import { type Command, InvalidArgumentError } from 'commander'
import { RESULT_FORMATS, type ResultFormat } from '@muster/model'
import { OUTPUT_FORMATS, type OutputFormat } from '../results/output-format.ts'

const FORMATS_HELP =
  '\nFormats read: junit (JUnit XML of any tool), tap (13, 14), ctrf, trx (MSTest, VSTest), nunit (2, 3), xunit' +
  '\n(xUnit.net), mocha-json, jest-json (Vitest’s too), pytest-json (pytest-json-report), go-json (go test -json),' +
  '\ndart-json (flutter test --machine). They are told by their content.'

/** Declares `muster results`, `muster convert` and `muster merge`. */
export function addResults(program: Command, exit: (code: number) => void): void {
  program
    .command('results')
    .description('show what result files of any test tool hold')
    .argument('<files...>', 'files, or quoted globs such as "reports/**/*.xml"')
    .option(
      '--format <name>',
      'the format of all files, instead of what their content tells',
      inputFormat,
      'auto',
    )
    .option('--json', 'as JSON')
    .option('--fail-on-failure', 'exit with 1 if a test failed or a file is cut off')
    .addHelpText(
      'after',
      `${FORMATS_HELP}\n\nFAILED counts expectations that were not met, ERRORS tests that broke (JUnit’s <error>, crashes, files that` +
        '\ncould not be loaded). What a damaged file still holds is counted, and what is wrong with it is said.' +
        '\n\nExit codes: 0 read (also when tests failed), 1 with --fail-on-failure, 2 a file is unreadable or unknown',
    )
    .action(async (files: string[], options) =>
      exit(await (await import('./results.ts')).results(files, options)),
    )
  program
    .command('convert')
    .description('write a result file in another format')
    .argument('<in>', 'a result file of any format')
    .argument('<out>', 'a file ending with .xml (JUnit), .json (CTRF), .md or .sarif')
    .option('--from <format>', 'the format of <in>, instead of what its content tells', inputFormat, 'auto')
    .option('--to <format>', `the format of <out>: ${OUTPUT_FORMATS.join(', ')}`, outputFormatName)
    .addHelpText(
      'after',
      `${FORMATS_HELP}\n\nSARIF holds findings: with it, each failing case of <in> is taken as a security finding.` +
        '\n\nExample:\n  muster convert go.ndjson junit.xml',
    )
    .action(async (input: string, output: string, options) =>
      exit(await (await import('./convert.ts')).convert(input, output, options)),
    )
  program
    .command('merge')
    .description('write one report of many result files')
    .argument('<out>', 'a file ending with .xml (JUnit), .json (CTRF), .md or .sarif')
    .argument('<in...>', 'result files of any formats, or quoted globs, in the order they were run in')
    .option(
      '--from <format>',
      'the format of all inputs, instead of what their content tells',
      inputFormat,
      'auto',
    )
    .option('--to <format>', `the format of <out>: ${OUTPUT_FORMATS.join(', ')}`, outputFormatName)
    .option('--same <how>', 'a test case that several inputs have: attempts, or keep', same, 'attempts')
    .addHelpText(
      'after',
      '\nA test case (same file, groups and name) that several inputs have was executed again: the last execution counts,' +
        '\nand a pass after a failure is flaky. With --same keep, for inputs of several machines say, each stays.' +
        '\n\nExample:\n  muster merge all.xml first.xml rerun.xml',
    )
    .action(async (output: string, inputs: string[], options) =>
      exit(await (await import('./merge.ts')).merge(output, inputs, options)),
    )
}

const inputFormat = (text: string): ResultFormat | 'auto' => oneOf(['auto', ...RESULT_FORMATS], text)

const outputFormatName = (text: string): OutputFormat => oneOf(OUTPUT_FORMATS, text)

const same = (text: string): 'attempts' | 'keep' => oneOf(['attempts', 'keep'] as const, text)

function oneOf<T extends string>(names: readonly T[], text: string): T {
  const found = names.find((name) => name === text)
  if (found === undefined) throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`)
  return found
}
