/** A line that fits into so many columns; its end is what gives way. */
export const clipLine = (line: string, width: number): string =>
  line.length <= width ? line : `${line.slice(0, width - 1)}…`
