import type { UnitProgram } from '@muster/runners'

/** A main thread gets another stack or heap by these than a thread does, so that a verdict could differ. */
const NOT_IN_THREADS = /^--(stack|max-old-space|max-semi-space|max-heap)-size\b|^--title\b/

/** Registers its hooks in the main thread only; a thread of its own costs as much as a process with it. */
const MAIN_THREAD_LOADER = /^(--(import|loader|experimental-loader)=)?tsx(\/esm)?$/

/** Why the verdict of this program can't come from a thread, as far as can be told before it runs. */
export function unfitForThreads(program: UnitProgram): string | undefined {
  if (program.type === 'command') return 'a command has a process of its own'
  for (const option of program.nodeOptions) {
    if (NOT_IN_THREADS.test(option.replaceAll('_', '-'))) return `a thread doesn't follow ${option}`
    if (MAIN_THREAD_LOADER.test(option)) return `${option} works in the main thread only`
  }
  return undefined
}
