import { closest, type Diagnostic, type Location, type ParsedSuite } from '@muster/graph'
import type { Suite } from '@muster/model'
import type { SuitePlace } from './suite-places.ts'

export interface NxFacts {
  /** Names that `covers` may use. */
  readonly projects: ReadonlySet<string>
  readonly namedInputs: ReadonlySet<string>
}

/** What Nx would refuse, and with it the whole graph or run: found here, it is one suite's error. */
export function nxDiagnostics(parsed: ParsedSuite, place: SuitePlace, facts: NxFacts): Diagnostic[] {
  const { suite, positions, source } = parsed
  const name = positions?.name ?? { source, line: 1, column: 1 }
  const diagnostics: Diagnostic[] = []
  if (!place.existing && suite && place.suite === suite.id && place.project !== suite.id) {
    diagnostics.push(error(name, '$.name', `there is already a project ${JSON.stringify(suite.id)}`))
  }
  if (suite) {
    diagnostics.push(
      ...coversDiagnostics(suite, positions?.covers ?? [], facts.projects),
      ...inputDiagnostics(suite, facts.namedInputs),
      ...tokenDiagnostics(suite),
    )
  }
  return diagnostics
}

function coversDiagnostics(
  suite: Suite,
  positions: readonly Location[],
  projects: ReadonlySet<string>,
): Diagnostic[] {
  return suite.covers.flatMap((name, index): Diagnostic[] => {
    if (projects.has(name)) return []
    const suggestion = closest(name, projects)
    const at = positions[index] ?? { source: suite.source, line: 1, column: 1 }
    const message =
      `there is no project ${JSON.stringify(name)} with a package.json or project.json` +
      (suggestion === undefined
        ? ' (one that another plugin infers is named in the option knownProjects of @muster/nx)'
        : '')
    return [{ ...error(at, `$.covers[${index}]`, message), ...(suggestion !== undefined && { suggestion }) }]
  })
}

/** An input is a path that starts with a token, or a named input; Nx throws at a name it doesn't know. */
function inputDiagnostics(suite: Suite, namedInputs: ReadonlySet<string>): Diagnostic[] {
  return suite.inputs.flatMap((input, index): Diagnostic[] => {
    if (/^!?\{(workspaceRoot|projectRoot)\}/.test(input)) return []
    const name = input.replace(/^\^/, '')
    if (namedInputs.has(name)) return []
    const suggestion = closest(name, namedInputs)
    const message = `${JSON.stringify(input)} is neither a named input nor a path that starts with { projectRoot }/ or { workspaceRoot }/ (without the spaces)`
    return [
      {
        ...error({ source: suite.source, line: 1, column: 1 }, `$.inputs[${index}]`, message),
        ...(suggestion !== undefined && { suggestion }),
      },
    ]
  })
}

/** Nx replaces its tokens in a target's options, and throws at `{workspaceRoot}` inside a longer text. */
function tokenDiagnostics(suite: Suite): Diagnostic[] {
  const { inputs: _inputs, outputs: _outputs, ...rest } = suite
  if (!JSON.stringify(rest).includes('{workspaceRoot}')) return []
  const message = 'the token { workspaceRoot } (without the spaces) can only be used in inputs and outputs'
  return [error({ source: suite.source, line: 1, column: 1 }, '$', message)]
}

const error = (at: Location, path: string, message: string): Diagnostic => ({
  severity: 'error',
  source: at.source,
  line: at.line,
  column: at.column,
  path,
  message,
})
