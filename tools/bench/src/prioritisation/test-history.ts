/** One verdict in a history. Times have any unit, as long as it is the same in all of it. */
export interface Execution {
  readonly test: string
  readonly failed: boolean
  readonly duration: number
}

/** One run, in the order in which the tests ran. A test that ran twice is in it twice. */
export interface Cycle {
  readonly id: string
  readonly executions: readonly Execution[]
}
