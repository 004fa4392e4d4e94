import type { Choice } from './choose-runners.ts'
import { runnersNamed } from './runners-named.ts'

/** Resolves to the line that was typed. */
export type Ask = (question: string) => Promise<string>

/**
 * Asks which of the runners that were found Muster shall run, again after a slip, and then what is still open.
 * @param settled what needs no question, since the command line has said it or there is nothing to convert
 */
export async function askRunners(
  offered: readonly string[],
  settled: Pick<Choice, 'convert' | 'coverage'>,
  ask: Ask,
): Promise<Choice> {
  const runners = await namedRunners(offered, ask)
  if (runners.length === 0) return { runners, ...settled }
  const convert =
    settled.convert || (await isYes(ask, 'Convert the targets that are defined by hand, too? (y/N) '))
  const coverage = settled.coverage || (await isYes(ask, 'Collect code coverage? (y/N) '))
  return { runners, convert, coverage }
}

async function namedRunners(offered: readonly string[], ask: Ask): Promise<readonly string[]> {
  let question = `Which of them shall Muster run? (${offered.join(', ')}; "none", Enter for all) `
  for (;;) {
    const answer = (await ask(question)).trim()
    if (answer === '') return offered
    if (answer === 'none') return []
    const named = runnersNamed(answer)
    if (named.ok) return named.value
    question = `${named.error}; which of them? `
  }
}

const isYes = async (ask: Ask, question: string): Promise<boolean> =>
  /^y(es)?$/i.test((await ask(question)).trim())
