import type { FoundTests } from '../../adoption/found-tests.ts'
import type { OwnTarget } from '../../adoption/own-target.ts'
import { isRecord } from '../../inference/workspace-files.ts'

/** What was found, project by project, for people. */
export function testsTable(found: readonly FoundTests[]): string {
  const sections = [
    ['Tests that Muster can run as they are:', found.filter(isFree).map((each) => row(each, each.file))],
    [
      'Targets defined by hand, which win over plugins (--convert hands them to Muster, one line in the file):',
      found.flatMap((each) => (each.state.kind === 'by-hand' ? row(each, describe(each)) : [])),
    ],
    [
      'Run by Muster already:',
      found.flatMap((each) => (each.state.kind === 'taken-over' ? row(each, each.file) : [])),
    ],
    [
      'Left alone:',
      found.flatMap(({ state, ...each }) =>
        state.kind === 'left' ? row({ ...each, state }, `${each.file}: ${state.reason}`) : [],
      ),
    ],
  ] as const
  return sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => [title, ...rows].join('\n'))
    .join('\n')
}

const isFree = ({ state }: FoundTests): boolean => state.kind === 'free'

const row = ({ project, target, tool }: FoundTests, what: string): string =>
  `  ${`${project}:${target}`.padEnd(28)} ${(tool ?? '?').padEnd(10)} ${what}`

function describe({ file, state }: FoundTests): string {
  if (state.kind !== 'by-hand') return file
  const { kind, script, target } = state.own
  return `${file}: ${kind === 'script' ? script : commandOf(target)}`
}

/** What an executor would run, else its name. */
function commandOf({ executor, command, options }: OwnTarget['target']): string {
  const given = command ?? (isRecord(options) ? options['command'] : undefined)
  return typeof given === 'string' ? given : String(executor)
}
