import { historyFile, updateHistory } from '@muster/engine'
import { openHistory, type HistoryProblem, type HistoryResult, type HistoryStore } from '@muster/history'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'

/** Opens the history of this workspace, with the journals that it lacks, for as long as `act` takes. */
export async function withHistory(
  act: (store: HistoryStore, root: string) => Promise<number>,
): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  await updateHistory(root)
  const opened = await openHistory({ file: historyFile(root) })
  if (!opened.ok) return cannotRead(opened.error)
  try {
    return await act(opened.value, root)
  } finally {
    await opened.value.close()
  }
}

/** Shows an answer of the history, as JSON if asked to. */
export function show<T>(
  answer: HistoryResult<T>,
  json: boolean | undefined,
  asText: (value: T) => string,
): number {
  if (!answer.ok) return cannotRead(answer.error)
  console.log(json === true ? JSON.stringify(answer.value, null, 2) : asText(answer.value))
  return EXIT.passed
}

export const cannotRead = ({ message, fix }: Pick<HistoryProblem, 'message' | 'fix'>): number =>
  fail(EXIT.environment, `muster: ${message}\n${fix}`)

export function fail(code: number, message: string): number {
  console.error(message)
  return code
}
