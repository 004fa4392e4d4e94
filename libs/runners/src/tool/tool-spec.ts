import type { Suite, ToolSpec } from '@muster/model'

/** What a suite of a tool says about it. */
export function toolSpec({ runner }: Suite): ToolSpec {
  if (!('args' in runner)) throw new Error(`${runner.name} is no tool`)
  return runner
}
