/**
 * The stretch in a random order of its blocks; within a block neighbours stay neighbours. Blocks start at a random offset,
 * around the end, so that no fixed border stays.
 */
export function shuffleBlocks(from: Int32Array, to: Int32Array, block: number, random: () => number): void {
  const count = from.length
  const offset = block === 1 ? 0 : Math.floor(random() * count)
  const order = Array.from({ length: Math.ceil(count / block) }, (_, index) => index)
  for (let left = order.length - 1; left > 0; left--) {
    const other = Math.floor(random() * (left + 1))
    const kept = order[left] ?? 0
    order[left] = order[other] ?? 0
    order[other] = kept
  }
  let place = 0
  for (const each of order) {
    const end = Math.min(count, (each + 1) * block)
    for (let index = each * block; index < end; index++) to[place++] = from[(index + offset) % count] ?? 0
  }
}
