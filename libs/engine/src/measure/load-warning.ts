/** Cores: from here on figures are doubted. */
const LOADED = 0.25

/** What to say of a measurement that others disturbed: one line for people, or none. */
export const loadWarning = (othersCpus: number | null): readonly string[] =>
  othersCpus === null || othersCpus < LOADED
    ? []
    : [
        `other processes kept ${othersCpus.toFixed(1)} cores busy while it was measured; its figures are the less sure`,
      ]
