/** What the processes of a run keep busy, when they were last looked at. */
export interface UsageNow {
  /** Cores; of all slots and steps. */
  readonly cpus: number
  readonly memoryBytes: number
  /** By slot; undefined when nothing runs in it. */
  readonly slots: readonly (SlotUsage | undefined)[]
}

export interface SlotUsage {
  readonly cpus: number
  readonly memoryBytes: number
}

/** @param others what runs in no slot */
export function usageNow(slots: readonly (SlotUsage | undefined)[], others: readonly SlotUsage[]): UsageNow {
  const all = [...slots.filter((slot) => slot !== undefined), ...others]
  return {
    cpus: all.reduce((sum, { cpus }) => sum + cpus, 0),
    memoryBytes: all.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    slots,
  }
}
