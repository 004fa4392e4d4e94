import type { ReadWarning } from '@muster/results'

/** `report.xml:12:5: …`, which editors and terminals make a link of. */
export const describeWarning = ({ file, line, column, message }: ReadWarning): string =>
  `${[file, line, column].filter((part) => part !== undefined).join(':')}: ${message}`
