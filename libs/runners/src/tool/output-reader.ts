import type { UnitMessage } from '../runner.ts'

/** How a tool's process ended. */
export interface ToolExit {
  readonly code: number | null
  readonly signal: string | null
}

/** Turns what a tool prints into messages. */
export interface OutputReader {
  /**
   * Called with each line of stdout, without its line break, in order.
   * @returns what belongs into the unit's output in its place; undefined for nothing
   */
  line(text: string): string | undefined
  /** The same with each line of stderr, which goes into the unit's output as it is. Absent: nobody reads it. */
  errorLine?(text: string): void
  /** The tool has ended and all lines were told: the last chance to emit, `end` above all. */
  end(exit: ToolExit): void
}

export type CreateReader = (input: unknown, emit: (message: UnitMessage) => void) => OutputReader
