import type { Suite } from '@muster/model'

/**
 * How many tests at a time a tool may run by itself: Muster's workers already run units side by side, and a tool that
 * takes half of the machine in each of them overloads it. What a suite declares is reserved for it.
 */
export const toolCpus = ({ requires }: Pick<Suite, 'requires'>): number =>
  Math.max(1, Math.floor(requires.cpus ?? 1))
