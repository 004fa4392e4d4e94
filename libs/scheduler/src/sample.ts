/** Up to `most` of the values, evenly spread. */
export function sample<T>(values: readonly T[], most: number): readonly T[] {
  if (values.length <= most) return values
  return Array.from({ length: most }, (_, n) => values[Math.floor((n * values.length) / most)]!)
}
