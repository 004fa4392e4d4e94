import { accuracyOf, type Accuracy } from './accuracy.ts'
import { PREDICTORS } from './predictors.ts'
import type { Prediction } from './replay-runs.ts'

export interface ReplayRow {
  readonly name: string
  readonly predictions: readonly Prediction[]
}

export interface MeasuredRow {
  readonly name: string
  /** By predictor, for suites that had run before. */
  readonly known: Readonly<Record<string, Accuracy>>
  /** Ours, for suites that had not. */
  readonly firstSight: Accuracy
}

const NAMES = PREDICTORS.map(({ name }) => name)

export function measure({ name, predictions }: ReplayRow): MeasuredRow {
  const accuracy = (predictor: string, known: boolean): Accuracy =>
    accuracyOf(predictions.filter((each) => each.predictor === predictor && each.known === known))
  return {
    name,
    known: Object.fromEntries(NAMES.map((each) => [each, accuracy(each, true)])),
    firstSight: accuracy('muster', false),
  }
}

/** Markdown. @param what a row is */
export function accuracyTable(title: string, what: string, rows: readonly MeasuredRow[]): string {
  return [
    `${title}: median absolute error of the prediction / what 90 % of the errors are below / bias\n`,
    line([what, ...NAMES, 'muster, never seen before']),
    line(['---', ...NAMES.map(() => '---'), '---']),
    ...rows.map(({ name, known, firstSight }) =>
      line([name, ...NAMES.map((each) => cell(known[each])), cell(firstSight)]),
    ),
  ].join('\n')
}

function cell(accuracy: Accuracy | undefined): string {
  if (accuracy === undefined || accuracy.predictions === 0) return '–'
  const { medianError, p90Error, bias } = accuracy
  return `${percent(medianError)} / ${percent(p90Error)} / ${bias < 0 ? '−' : '+'}${percent(Math.abs(bias))}`
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
