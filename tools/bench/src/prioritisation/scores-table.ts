import { STRATEGIES, type Replay, type Scores, type Strategy } from './replay.ts'

const cell = (value: number): string => value.toFixed(3)

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** Both measures of one history as Markdown, a strategy a row. */
export const historyTable = ({ apfd, apfdc }: Replay): string =>
  [
    row(['order', 'APFD', 'APFDc']),
    row(['---', '---:', '---:']),
    ...STRATEGIES.map((each) => row([each, cell(apfd[each]), cell(apfdc[each])])),
  ].join('\n')

/** One measure of several histories, a history a row. */
export function shapesTable(
  title: string,
  rows: readonly { readonly name: string; readonly scores: Scores }[],
): string {
  const columns: readonly Strategy[] = STRATEGIES.filter((each) => each !== 'untreated')
  return [
    row([title, ...columns]),
    row(['---', ...columns.map(() => '---:')]),
    ...rows.map(({ name, scores }) => row([name, ...columns.map((each) => cell(scores[each]))])),
  ].join('\n')
}
