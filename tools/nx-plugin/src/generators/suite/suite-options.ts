import type { SuiteJsonInput } from '@muster/model/schema'

export interface SuiteOptions {
  readonly name: string
  readonly kind?: string
  readonly priority?: string
  /** Nx gives an array for a list with commas; a single word may come as it is. */
  readonly covers?: readonly string[] | string
  readonly directory?: string
  readonly runner?: string
  readonly command?: string
}

/** Not checked: what the command line says is judged by the same parser as a file. */
export function asSuiteJson({ name, kind, priority, covers, runner, command }: SuiteOptions): SuiteJsonInput {
  const projects = (typeof covers === 'string' ? covers.split(',') : (covers ?? [])).filter(
    (each) => each !== '',
  )
  return {
    name,
    kind: kind ?? 'unit',
    ...(priority !== undefined && priority !== 'medium' && { priority }),
    ...(runner !== undefined && runner !== 'mocha' && { runner }),
    ...(command !== undefined && { runner: { name: 'command', command } }),
    ...(projects.length > 0 && { covers: projects }),
  } as SuiteJsonInput
}
