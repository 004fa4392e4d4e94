import picocolors from 'picocolors'

export type Paint = (text: string) => string

/** How to write on one stream: colours or none, symbols it can show, its width in columns. */
export interface Style {
  readonly good: Paint
  readonly bad: Paint
  readonly warn: Paint
  readonly info: Paint
  readonly dim: Paint
  readonly bold: Paint
  readonly symbols: Symbols
  /** Columns; Infinity where nothing wraps. */
  readonly width: number
}

export interface Symbols {
  readonly passed: string
  readonly failed: string
  readonly cached: string
  readonly skipped: string
  readonly aborted: string
  readonly trouble: string
  readonly running: string
  readonly flaky: string
  readonly quarantined: string
  readonly retry: string
  readonly barDone: string
  readonly barRest: string
  readonly separator: string
  readonly ellipsis: string
  readonly pathSeparator: string
}

const UNICODE: Symbols = {
  passed: '✓',
  failed: '✗',
  cached: '↻',
  skipped: '○',
  aborted: '■',
  trouble: '!',
  running: '▸',
  flaky: '≈',
  quarantined: '⊘',
  retry: '↺',
  barDone: '━',
  barRest: '─',
  separator: '·',
  ellipsis: '…',
  pathSeparator: '›',
}

const ASCII: Symbols = {
  passed: '+',
  failed: 'x',
  cached: '=',
  skipped: '-',
  aborted: '#',
  trouble: '!',
  running: '>',
  flaky: '~',
  quarantined: '%',
  retry: '*',
  barDone: '=',
  barRest: '-',
  separator: '|',
  ellipsis: '...',
  pathSeparator: '>',
}

export interface StyleOptions {
  readonly color: boolean
  readonly unicode: boolean
  readonly width: number
}

export function createStyle(options: StyleOptions): Style {
  const colors = picocolors.createColors(options.color)
  return {
    good: colors.green,
    bad: colors.red,
    warn: colors.yellow,
    info: colors.cyan,
    dim: colors.dim,
    bold: colors.bold,
    symbols: options.unicode ? UNICODE : ASCII,
    width: options.width,
  }
}

/** For text that is stored or read by programs. */
export const PLAIN_STYLE: Style = createStyle({
  color: false,
  unicode: true,
  width: Number.POSITIVE_INFINITY,
})
