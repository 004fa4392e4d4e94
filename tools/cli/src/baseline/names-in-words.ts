const SHOWN = 5

/** `a, b, c and 12 more` */
export const namesInWords = (names: readonly string[]): string =>
  names.length > SHOWN
    ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`
    : names.join(', ')
