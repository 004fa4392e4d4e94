/** What `muster run` wants of Nx. */
export interface NxOrder {
  /** The workspace, absolute; also the working directory. */
  readonly root: string
  /** Nx's own entry file, absolute. */
  readonly nx: string
  readonly target: string
  readonly affected: boolean
  /** Nx's patterns for projects; default: all that have the target. */
  readonly projects?: readonly string[]
  readonly base?: string
  readonly head?: string
  readonly skipCache: boolean
  /** Options of the tasks themselves; part of their hashes. */
  readonly overrides: readonly string[]
}

/** As one would type it behind `nx`. */
export function nxCommandLine(order: NxOrder): string[] {
  const { target, affected, projects, base, head, skipCache, overrides } = order
  return [
    affected ? 'affected' : 'run-many',
    '-t',
    target,
    ...(projects ? [`--projects=${projects.join(',')}`] : []),
    ...(base === undefined ? [] : [`--base=${base}`]),
    ...(head === undefined ? [] : [`--head=${head}`]),
    ...(skipCache ? ['--skip-nx-cache'] : []),
    '--output-style=static',
    ...overrides,
  ]
}

/** The same as Nx's command line parser would hand it on, environment variables included. */
export function nxArguments(order: NxOrder, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const { target, affected, projects, base, head, skipCache, overrides } = order
  return {
    targets: [target],
    ...(!affected && { all: true }),
    ...(projects && { projects: [...projects] }),
    ...(base !== undefined && { base }),
    ...(head !== undefined && { head }),
    skipNxCache: skipCache,
    nxBail: env['NX_BAIL'] === 'true',
    verbose: env['NX_VERBOSE_LOGGING'] === 'true',
    outputStyle: 'static',
    __overrides_unparsed__: [...overrides],
  }
}
