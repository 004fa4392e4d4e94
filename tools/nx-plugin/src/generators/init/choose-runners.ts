import { createInterface } from 'node:readline/promises'
import { INFERABLE } from '../../adoption/adopted-suite.ts'
import type { FoundTests } from '../../adoption/found-tests.ts'

export interface ChoiceOptions {
  /** Nx gives an array for a list with commas; a single word may come as it is. */
  readonly runners?: readonly string[] | string
  readonly all?: boolean
  readonly yes?: boolean
  readonly convert?: boolean
}

export interface Choice {
  readonly runners: readonly string[]
  readonly convert: boolean
}

/** Which runners' tests are to be Muster's. Throws at a name that is none. */
export async function chooseRunners(found: readonly FoundTests[], options: ChoiceOptions): Promise<Choice> {
  const offered = INFERABLE.filter((name) =>
    found.some(({ tool, state }) => tool === name && (state.kind === 'free' || state.kind === 'by-hand')),
  )
  const byHand = found.some(({ state }) => state.kind === 'by-hand')
  const { convert = false } = options
  if (options.runners !== undefined) return { runners: named(options.runners), convert }
  if (options.all === true || options.yes === true) return { runners: offered, convert }
  if (offered.length === 0 || !isInteractive()) return { runners: [], convert }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = await terminal.question(
      `Which of them shall Muster run? (${offered.join(', ')}; "none", Enter for all) `,
    )
    const runners = answer.trim() === '' ? offered : answer.trim() === 'none' ? [] : named(answer)
    if (!byHand || convert || runners.length === 0) return { runners, convert }
    const more = await terminal.question('Convert the targets that are defined by hand, too? (y/N) ')
    return { runners, convert: /^y(es)?$/i.test(more.trim()) }
  } finally {
    terminal.close()
  }
}

const isInteractive = (): boolean =>
  process.stdin.isTTY &&
  process.stdout.isTTY &&
  process.env['NX_INTERACTIVE'] !== 'false' &&
  !process.env['CI']

function named(given: readonly string[] | string): string[] {
  const names = [given]
    .flat()
    .flatMap((each) => each.split(/[\s,]+/))
    .filter(Boolean)
  const unknown = names.filter((name) => !INFERABLE.includes(name))
  if (unknown.length > 0) {
    throw new Error(`there is no runner ${unknown.join(', ')}, expected some of ${INFERABLE.join(', ')}`)
  }
  return INFERABLE.filter((name) => names.includes(name))
}
