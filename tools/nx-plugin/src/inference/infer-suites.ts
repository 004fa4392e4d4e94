import { buildParsedGraph, type Diagnostic, type ParsedSuite } from '@muster/graph'
import type { parseSuite } from '@muster/graph/parse'
import { suiteId, type ProjectFolder } from '@muster/model'
import type { FoundTests } from '../adoption/found-tests.ts'
import type { CreateNodesResultArray, NxJsonConfiguration } from '../nx/devkit.ts'
import { adoptSuites, type Taken } from './adopt-suites.ts'
import { targetNameOf, type InferenceOptions } from './inference-options.ts'
import type { KnownProject } from './known-projects.ts'
import { withCoverageProjects } from './coverage-projects.ts'
import { nxDiagnostics } from './nx-diagnostics.ts'
import { runnerPackages } from './runner-packages.ts'
import { suitePlaces, type SuitePlace } from './suite-places.ts'
import { suiteProject } from './suite-project.ts'
import { defaultsDiagnostics } from './target-defaults.ts'
import type { WorkspaceFiles } from './workspace-files.ts'

export interface InferenceInput {
  readonly parsed: readonly ParsedSuite[]
  readonly projects: ReadonlyMap<string, KnownProject>
  /** Tests without a suite.json that are to be suites. */
  readonly found?: readonly FoundTests[]
  /** For those of `found` that declare something. */
  readonly parse?: typeof parseSuite
  readonly files: WorkspaceFiles
  readonly nxJson: NxJsonConfiguration
  readonly options: InferenceOptions
}

/**
 * One project or target for every suite file. A file that can't be used, for whatever reason, becomes a target
 * that fails with that reason: the graph stays whole, and the mistake is red where it was made.
 */
export function inferSuites(input: InferenceInput): CreateNodesResultArray {
  const { projects, files, nxJson, options } = input
  const { parsed, places, adopted } = placeSuites(input)
  const folders = [...[...projects.values()].map(({ name, root }) => ({ name, root })), ...adopted]
  const { graph, diagnostics: ofGraph } = buildParsedGraph(parsed)
  const names = new Set(
    [...projects.values(), ...places.values()].map((each) => ('project' in each ? each.project : each.name)),
  )
  for (const name of options.knownProjects ?? []) names.add(name)
  const namedInputs = new Set(['default', ...Object.keys(nxJson.namedInputs ?? {})])
  const packages = runnerPackages(files, nxJson)
  const bySuite = placesBySuite(parsed, places)

  return parsed.flatMap((each) => {
    const place = places.get(each.source)
    if (!place) return []
    const diagnostics = [
      ...each.diagnostics,
      ...ofGraph.filter((diagnostic) => concerns(diagnostic, each.source)),
      ...nxDiagnostics(each, place, { projects: names, namedInputs }),
      ...hiddenTarget(place, each.source),
    ]
    const broken = each.suite ? unusable(each.suite.dependsOn, bySuite) : []
    const waitsFor = each.suite ? [...graph.dependenciesOf(suiteId(each.suite.id)), ...broken] : []
    const dependencies = [...new Set(waitsFor)].flatMap((name) => bySuite.get(name) ?? [])
    diagnostics.push(...defaultsDiagnostics(nxJson, place, each.source, dependencies.length > 0))
    const suite = each.suite && withCoverageProjects(each.suite, place, folders)
    const facts = { diagnostics, dependencies, files, nxJson, runnerPackages: packages }
    return [
      [each.source, { projects: { [place.root]: suiteProject(each.source, suite, place, facts) } }] as const,
    ]
  })

  /** Dependencies that are declared but unusable are no suites of the graph; their targets exist, and fail. */
  function unusable(
    selectors: NonNullable<ParsedSuite['suite']>['dependsOn'],
    known: ReadonlyMap<string, SuitePlace>,
  ): string[] {
    return selectors.flatMap((selector) =>
      'suite' in selector && known.has(selector.suite) && !graph.get(suiteId(selector.suite))
        ? [selector.suite]
        : [],
    )
  }
}

export interface PlacedSuites {
  /** Those that are declared, and then those that were found. */
  readonly parsed: readonly ParsedSuite[]
  /** By their source. */
  readonly places: ReadonlyMap<string, SuitePlace>
  /** Folders that only what was found in them makes projects. */
  readonly adopted: readonly ProjectFolder[]
}

export function placeSuites(input: InferenceInput): PlacedSuites {
  const { parsed: declared, projects, found = [], options } = input
  const places = suitePlaces(declared, projects, options)
  const taken = namesOf(places, projects, options)
  const adopted = adoptSuites(found, targetNameOf('unit', options), taken, input)
  for (const each of adopted) places.set(each.parsed.source, each.place)
  const fresh = adopted.flatMap(({ place }) =>
    place.existing ? [] : [[place.root, { name: place.project, root: place.root }] as const],
  )
  return {
    parsed: [...declared, ...adopted.map((each) => each.parsed)],
    places,
    adopted: [...new Map(fresh).values()],
  }
}

const namesOf = (
  places: ReadonlyMap<string, SuitePlace>,
  projects: ReadonlyMap<string, KnownProject>,
  { knownProjects = [] }: InferenceOptions,
): Taken => ({
  suites: new Set([...places.values()].map(({ suite }) => suite)),
  projects: new Set([
    ...knownProjects,
    ...[...projects.values()].map(({ name }) => name),
    ...[...places.values()].map(({ project }) => project),
  ]),
})

/** A name that is declared twice means the first, as in the graph. */
function placesBySuite(
  parsed: readonly ParsedSuite[],
  places: ReadonlyMap<string, SuitePlace>,
): Map<string, SuitePlace> {
  const bySuite = new Map<string, SuitePlace>()
  for (const { source, name } of parsed) {
    const place = places.get(source)
    if (place && name !== undefined && place.suite === name) bySuite.set(name, place)
  }
  return bySuite
}

const concerns = ({ source, related }: Diagnostic, file: string): boolean =>
  source === file || (related ?? []).some((each) => each.source === file)

function hiddenTarget({ hiddenBy, target }: SuitePlace, source: string): Diagnostic[] {
  if (hiddenBy === undefined) return []
  const usual = target.replace(/-suite$/, '')
  const message = `${hiddenBy} defines "${usual}" itself, so that the suite is reached as "${target}"; remove it there to reach the suite as "${usual}"`
  return [{ severity: 'warning', source, line: 1, column: 1, path: '$', message }]
}
