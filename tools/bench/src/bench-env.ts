import { delimiter, dirname } from 'node:path'

const FOREIGN = /^(NX_|MUSTER_|TURBO_|WIREIT_|npm_|GIT_|CI$|GITHUB_|FORCE_COLOR$|NODE_OPTIONS$|INIT_CWD$)/

/** The same for all: no daemon, no cloud, no telemetry, no colours, nothing inherited from whoever runs the benchmark. */
export function benchEnv(extra: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))
  return {
    ...Object.fromEntries(inherited),
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    NO_COLOR: '1',
    DO_NOT_TRACK: '1',
    NX_NO_CLOUD: 'true',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_CACHE_DIRECTORY: '.nx/cache',
    NX_WORKSPACE_DATA_DIRECTORY: '.nx/workspace-data',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_DAEMON: 'false',
    npm_config_update_notifier: 'false',
    ...extra,
  }
}
