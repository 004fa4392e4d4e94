import { ok } from '@muster/model'
import { checkPlace } from './check-place.ts'
import type { HistoryResult } from './history-problem.ts'
import type { HistoryStore } from './history-store.ts'
import { openHistory } from './open-history.ts'
import { moveDamaged } from './sqlite/move-damaged.ts'

export interface Recovery {
  readonly store: HistoryStore
  /** Where the damaged file is now; null when it was sound after all, perhaps since another process was faster. */
  readonly movedTo: string | null
  /** One line for people. */
  readonly message: string
}

/**
 * Moves a damaged history aside (`history.db.corrupt-20260131T154501Z`, its log beside it) and opens a new one,
 * which `syncHistory` fills again. Only damage is moved: a sound file stays, any other problem is returned.
 */
export async function recoverHistory(
  file: string,
  options: { readonly now?: Date } = {},
): Promise<HistoryResult<Recovery>> {
  const place = checkPlace(file)
  if (!place.ok) return place
  const moved = moveDamaged(file, options.now ?? new Date())
  if (!moved.ok) return moved
  const opened = await openHistory({ file })
  if (!opened.ok) return opened
  if (moved.value === null) {
    const message = `the history ${file} is sound; it stays as it is`
    return ok({ store: opened.value, movedTo: null, message })
  }
  const { damage, movedTo } = moved.value
  const message = `the history ${file} was damaged (${damage}); it is kept as ${movedTo} and a new one is begun`
  return ok({ store: opened.value, movedTo, message })
}
