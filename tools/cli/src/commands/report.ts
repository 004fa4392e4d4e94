import { loadRecord, publishRun } from '@muster/engine'
import { EXIT } from '../exit-codes.ts'
import { chooseRun } from '../run/choose-run.ts'

export async function report(wanted: string | undefined, options: { json?: boolean }): Promise<number> {
  const chosen = await chooseRun(wanted)
  if (!chosen) return EXIT.usage
  if (options.json === true) {
    console.log(JSON.stringify(await loadRecord(chosen.root, chosen.run), null, 2))
    return EXIT.passed
  }
  const published = await publishRun(chosen.root, chosen.run, true)
  process.stdout.write(published?.summary ?? '')
  return (published?.problems.length ?? 0) > 0 ? EXIT.environment : EXIT.passed
}
