import { createInterface } from 'node:readline/promises'
import { INFERABLE } from '../../adoption/adopted-suite.ts'
import type { FoundTests } from '../../adoption/found-tests.ts'
import { askRunners } from './ask-runners.ts'
import { runnersNamed } from './runners-named.ts'

export interface ChoiceOptions {
  /** Nx gives an array for a list with commas; a single word may come as it is. */
  readonly runners?: readonly string[] | string
  readonly all?: boolean
  readonly yes?: boolean
  readonly convert?: boolean
  readonly coverage?: boolean
}

export interface Choice {
  /** Whose tests are to be Muster's. */
  readonly runners: readonly string[]
  /** Targets that are defined by hand are to be changed. */
  readonly convert: boolean
  /** Suites without a suite.json are to collect coverage. */
  readonly coverage: boolean
}

/** By the command line, else by asking, where somebody can answer. Throws at a name that is no runner. */
export async function chooseRunners(found: readonly FoundTests[], options: ChoiceOptions): Promise<Choice> {
  const offered = INFERABLE.filter((name) =>
    found.some(({ tool, state }) => tool === name && (state.kind === 'free' || state.kind === 'by-hand')),
  )
  const { convert = false, coverage = false } = options
  if (options.runners !== undefined) {
    const named = runnersNamed(options.runners)
    if (!named.ok) throw new Error(named.error)
    return { runners: named.value, convert, coverage }
  }
  if (options.all === true || options.yes === true) return { runners: offered, convert, coverage }
  if (offered.length === 0 || !isInteractive()) return { runners: [], convert, coverage }
  const byHand = found.some(({ state }) => state.kind === 'by-hand')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await askRunners(offered, { convert: convert || !byHand, coverage }, (question) =>
      terminal.question(question),
    )
  } finally {
    terminal.close()
  }
}

const isInteractive = (): boolean =>
  process.stdin.isTTY &&
  process.stdout.isTTY &&
  process.env['NX_INTERACTIVE'] !== 'false' &&
  !process.env['CI']
