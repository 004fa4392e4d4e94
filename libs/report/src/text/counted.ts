/** `10,000`; the same everywhere, so that a report reads alike on each machine. */
export const grouped = (count: number): string =>
  // Not toLocaleString: loading the locale data costs some 50 ms once, which a cached run would notice.
  String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1 test`, `23 tests`. */
export const counted = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
