export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export const isSuccess = ({ code }: ProcessEnd): boolean => code === 0

export const describeEnd = ({ code, signal }: ProcessEnd): string =>
  signal === null ? `exit code ${code}` : `killed by ${signal}`
