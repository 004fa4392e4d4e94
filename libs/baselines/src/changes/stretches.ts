export interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * Overlapping stretches of every scale, from the whole down to two minimal segments: a burst that is short against the
 * series, or a rise and a fall that cancel each other, stand out in one of them. "Seeded binary segmentation": S. Kovács et al.,
 * Biometrika 110 (2023), 249–256, with stretches halved a layer and shifted by half their length.
 */
export function stretches(start: number, end: number, shortest: number): readonly Stretch[] {
  const found: Stretch[] = []
  const whole = end - start
  for (let parts = 1; whole / parts >= shortest; parts *= 2) {
    const length = Math.ceil(whole / parts)
    const shifts = 2 * parts - 1
    for (let shift = 0; shift < shifts; shift++) {
      const from = start + (shifts === 1 ? 0 : Math.floor((shift * (whole - length)) / (shifts - 1)))
      found.push({ start: from, end: from + length })
    }
  }
  return found
}
