const UNKEEPABLE = /[\0\ud800-\udfff]/

/**
 * Text as every SQL store can keep it. SQLite hands text back only up to its first NUL, PostgreSQL refuses NUL,
 * and neither takes a lone surrogate; test names do hold such things (fuzzers put them there).
 */
export const sqlText = (text: string): string =>
  // Most text has none, and is passed on as it is: a large run has 200,000 of them.
  UNKEEPABLE.test(text) ? text.replaceAll('\0', '\u2400').replaceAll(/\p{Surrogate}/gu, '\uFFFD') : text
