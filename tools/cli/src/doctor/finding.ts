/** One thing that was checked. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'error'
  readonly what: string
  /** What to do, for anything that isn't fine. */
  readonly fix?: string
}
