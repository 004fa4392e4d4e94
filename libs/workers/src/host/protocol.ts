import type { UnitMessage } from '@muster/runners'

import type { OwnUsage } from './own-usage.ts'

/** File descriptors of a host beyond its standard streams. Children of tests don't inherit them. */
export const MESSAGE_FD = 3
export const COMMAND_FD = 4

/** Coordinator to host, one JSON object a line. */
export type HostCommand =
  /** Start the spare thread now, as the next unit will want one. Not while a unit runs. */
  { readonly type: 'prepare-thread' } | ({ readonly type: 'run' } & HostOrder)

export interface HostOrder {
  /** Sent with every message of this unit; lines without it are noise. */
  readonly token: string
  /** `once`: the process ends with the unit. `reused`: it stays for the next one. */
  readonly where: 'thread' | 'once' | 'reused'
  readonly cwd: string
  /** The unit's whole environment. */
  readonly env: Readonly<Record<string, string>>
  readonly entry: string
  readonly input: unknown
}

/** Host to coordinator: `<token> <JSON>`, a line each. */
export type HostMessage =
  | UnitMessage
  /** A thread isn't able to do what the tests ask for. */
  | { readonly type: 'unfit'; readonly reason: string }
  /** What the unit has used, when it has come to its end. */
  | ({ readonly type: 'usage' } & OwnUsage)
  /** The entry returned or threw, and all its output is written. */
  | { readonly type: 'done' }

// Test code may replace it.
const { stringify } = JSON

export const encodeMessage = (token: string, message: HostMessage): string =>
  `${token} ${stringify(message)}\n`

/** Undefined for a line of somebody else. */
export function decodeMessage(token: string, line: string): HostMessage | undefined {
  if (!line.startsWith(token) || line[token.length] !== ' ') return undefined
  try {
    return JSON.parse(line.slice(token.length + 1)) as HostMessage
  } catch {
    return undefined
  }
}
