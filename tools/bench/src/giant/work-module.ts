/** Path of the module that the specs of these benchmarks take their work from. */
export const WORK_MODULE = 'work.js'

/**
 * Its text: work that takes about so many milliseconds, by waiting or by computing. What is computed is fixed
 * (PBKDF2; 3,300 rounds take a millisecond on a 3 GHz core), so that a busy machine makes it longer, not less.
 */
export const WORK_TEXT = `import { pbkdf2Sync } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

export const wait = (ms) => delay(ms)
export const compute = (ms) => pbkdf2Sync('bench', 'bench', Math.round(ms * 3300), 32, 'sha256')
`
