import type { Suite, UnitPart } from '@muster/model'
import { toolSpec } from '../tool/tool-spec.ts'
import { selectTargets } from './cargo-target.ts'
import { chooseTests } from './wanted-tests.ts'

export interface CargoArguments {
  /** The suite runs by `cargo nextest`. */
  readonly nextest: boolean
  readonly args: readonly string[]
  /** For the test binaries. */
  readonly rest: readonly string[]
  readonly notes: readonly string[]
}

/** What would leave nothing to read. */
const IGNORED = /^(?:-q|--quiet|--no-run|--message-format(?:=.*)?|--format(?:=.*)?|--list)$/
const TAKES_VALUE: ReadonlySet<string> = new Set(['--message-format', '--format'])

/** What follows `cargo test` or `cargo nextest run`. A suite says `"args": ["nextest", …]` for the latter. */
export function cargoArguments(suite: Suite, { cases }: UnitPart): CargoArguments {
  const { config, args: own } = toolSpec(suite)
  const nextest = own[0] === 'nextest'
  const given = nextest ? own.slice(own[1] === 'run' ? 2 : 1) : own
  const { kept, ignored } = sift(given)
  const end = kept.indexOf('--')
  const before = end === -1 ? kept : kept.slice(0, end)
  const after = end === -1 ? [] : kept.slice(end + 1)
  const choice = cases && chooseTests(cases)
  const manifest = config === undefined ? [] : ['--manifest-path', config]
  return {
    nextest,
    args: ['--no-fail-fast', ...manifest, ...before, ...(choice ? (selectTargets(choice.ids) ?? []) : [])],
    rest: [...after, ...(choice?.names ? ['--exact', ...choice.names] : [])],
    notes:
      ignored.length > 0
        ? [`${ignored.join(', ')}: ignored, since results are read from cargo's output`]
        : [],
  }
}

function sift(args: readonly string[]): {
  readonly kept: readonly string[]
  readonly ignored: readonly string[]
} {
  const drops = args.map((each, index) => IGNORED.test(each) || TAKES_VALUE.has(args[index - 1] ?? ''))
  return { kept: args.filter((_, index) => !drops[index]), ignored: args.filter((_, index) => drops[index]) }
}
