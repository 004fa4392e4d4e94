import { journalFile, loadRecord, readJournal } from '@muster/engine'
import { plainReporter } from '@muster/report'
import { EXIT } from '../exit-codes.ts'
import { chooseRun } from '../run/choose-run.ts'

/** The same events through the same reporter: what a recorded run looked like in a plain terminal. */
export async function replay(wanted: string | undefined): Promise<number> {
  const chosen = await chooseRun(wanted)
  if (!chosen) return EXIT.usage
  const { root, run } = chosen
  const { events, damaged } = await readJournal(journalFile(root, run))
  const reporter = plainReporter({
    stream: process.stdout,
    env: process.env,
    root,
    now: () => events.at(-1)?.at ?? 0,
  })
  for (const event of events) reporter.accept(event)
  reporter.close(await loadRecord(root, run))
  if (damaged > 0) console.error(`muster: ${damaged} damaged line(s) of the journal were passed over.`)
  return EXIT.passed
}
