import type { Claim } from '../resources/claim.ts'
import type { Machine } from '../resources/machine.ts'
import { FIRST_SEMAPHORE } from '../resources/resource-index.ts'

/**
 * Whether `taker`, if it starts now, takes something of which too little is then left for `waiter`.
 *
 * Cores and memory don't count while `waiter` lacks a semaphore: keeping them free wouldn't get it started. Workers never
 * count: whatever `waiter` waits for comes free together with a worker.
 */
export function hinders(taker: Claim, waiter: Claim, { free }: Machine): boolean {
  const lacksSemaphore = waiter.amounts.some(
    ({ resource, amount }) => resource >= FIRST_SEMAPHORE && amount > free[resource]!,
  )
  const from = lacksSemaphore ? FIRST_SEMAPHORE : 1
  return waiter.amounts.some(({ resource, amount }) => {
    if (resource < from) return false
    const taken = taker.amounts.find((each) => each.resource === resource)?.amount ?? 0
    return taken > 0 && free[resource]! - taken < amount
  })
}
