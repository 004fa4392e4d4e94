/** `10,000`; the same everywhere, so that a report reads alike on each machine. */
export const grouped = (count: number): string => count.toLocaleString('en-US')

/** `1 test`, `23 tests`. */
export const counted = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
