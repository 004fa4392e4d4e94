import { parseArgs } from 'node:util'
import { SAMPLE_BUDGET } from '@muster/baselines'
import { err, ok, type Result } from '@muster/model'

export const USAGE = `How well are changes of speed told from noise, and where did a series change?

  node tools/bench/baselines/main.mjs SERIES.json [--seed N] [--json]                         change points of {"series": {"name": [numbers]}}
  node tools/bench/baselines/main.mjs calibrate [--quick] [--samples 50] [--spread 0.05] [--seed N] [--json]  false alarms and power, beside simpler rules
  node tools/bench/baselines/main.mjs record FILE [--runs 40] [--samples 50]                  real noise of this machine, idle and busy`

export type Task = { readonly json: boolean; readonly seed: number } & (
  | { readonly what: 'series'; readonly file: string }
  | { readonly what: 'calibrate'; readonly quick: boolean; readonly samples: number; readonly spread: number }
  | { readonly what: 'record'; readonly file: string; readonly runs: number; readonly samples: number }
)

const OPTIONS = {
  json: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  runs: { type: 'string', default: '40' },
  samples: { type: 'string', default: String(SAMPLE_BUDGET) },
  spread: { type: 'string', default: '0.05' },
} as const

export function taskOf(args: readonly string[]): Result<Task, string> {
  let parsed
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
  const { json, quick, ...words } = parsed.values
  const [seed, runs, samples] = [Number(words.seed), Number(words.runs), Number(words.samples)]
  if (!Number.isInteger(seed) || seed < 0) return err(`--seed ${words.seed}: a whole number, 0 or more`)
  if (![runs, samples].every((each) => Number.isInteger(each) && each > 0)) {
    return err('--runs and --samples are whole numbers, 1 or more')
  }
  const spread = Number(words.spread)
  if (!(spread > 0 && spread < 1)) return err('--spread is a share between 0 and 1, such as 0.05')
  const [first, second, ...more] = parsed.positionals
  if (first === 'calibrate' && second === undefined)
    return ok({ what: 'calibrate', json, seed, quick, samples, spread })
  if (first === 'record' && second !== undefined && more.length === 0) {
    return ok({ what: 'record', json, seed, file: second, runs, samples })
  }
  if (first === undefined || first === 'record' || second !== undefined) return err('give one file')
  return ok({ what: 'series', json, seed, file: first })
}
