import { formatDiagnostic, hasErrors, type Diagnostic } from '@muster/graph'
import { evidenceDir, type Suite } from '@muster/model'
import type { ProjectConfiguration, TargetConfiguration } from '../nx/devkit.ts'
import { suiteInputs, type InputFacts } from './suite-inputs.ts'
import type { SuitePlace } from './suite-places.ts'
import { inheritedDependsOn, SUITE_EXECUTOR } from './target-defaults.ts'

type InferredProject = Partial<ProjectConfiguration> & { root: string }

export interface SuiteFacts extends InputFacts {
  readonly diagnostics: readonly Diagnostic[]
  /** Where the suites it waits for are. */
  readonly dependencies: readonly SuitePlace[]
}

/** The project (or the addition to one) and the target of one suite file. */
export function suiteProject(
  source: string,
  suite: Suite | undefined,
  place: SuitePlace,
  facts: SuiteFacts,
): InferredProject {
  const broken = !suite || hasErrors(facts.diagnostics)
  const target = broken ? brokenTarget(source, place, facts) : soundTarget(suite, place, facts)
  const covers = broken ? [] : suite.covers.filter((name) => name !== place.project)
  return {
    root: place.root,
    ...(!place.existing && { name: place.project, projectType: 'library' }),
    ...(suite && { tags: [`muster:kind:${suite.kind}`, `muster:priority:${suite.priority}`] }),
    ...(covers.length > 0 && { implicitDependencies: covers }),
    targets: { [place.target]: target },
  }
}

function soundTarget(suite: Suite, place: SuitePlace, facts: SuiteFacts): TargetConfiguration {
  const dependsOn = [
    ...inheritedDependsOn(facts.nxJson, place.target),
    ...facts.dependencies.map(({ project, target }) => ({ projects: [project], target })),
  ]
  const warnings = facts.diagnostics.map(formatDiagnostic).map(withoutTokens)
  return {
    executor: SUITE_EXECUTOR,
    options: {
      suite: place.suite,
      source: suite.source,
      // Nx has the inputs and outputs in the target itself, and would replace their tokens here.
      declaration: { ...suite, inputs: [], outputs: [] },
      ...(warnings.length > 0 && { warnings }),
    },
    cache: true,
    parallelism: true,
    inputs: suiteInputs(suite, facts),
    outputs: [`{workspaceRoot}/${evidenceDir(place.suite)}`, ...suite.outputs],
    ...(dependsOn.length > 0 && { dependsOn }),
    metadata: describe(suite),
  }
}

/**
 * Runs at once, fails with the reason, and is never answered from the cache. The post-run hook knows suites by
 * their evidence among the outputs, so that a broken one has it too.
 */
const brokenTarget = (source: string, place: SuitePlace, facts: SuiteFacts): TargetConfiguration => ({
  executor: SUITE_EXECUTOR,
  options: {
    suite: place.suite,
    source,
    error: withoutTokens(facts.diagnostics.map(formatDiagnostic).join('\n')),
  },
  cache: false,
  parallelism: true,
  inputs: ['{projectRoot}/**/*'],
  outputs: [`{workspaceRoot}/${evidenceDir(place.suite)}`],
  metadata: {
    description: `A suite whose ${source} can't be used; running it says why`,
    technologies: ['muster'],
  },
})

function describe({
  id,
  kind,
  priority,
  runner,
  covers,
  source,
}: Suite): NonNullable<TargetConfiguration['metadata']> {
  const subject = covers.length > 0 ? ` of ${covers.join(', ')}` : ''
  return {
    description: `Suite ${id}: ${kind} tests${subject}`,
    technologies: [runner.name === 'command' ? 'muster' : runner.name],
    muster: { suite: id, kind, priority, source, covers },
  }
}

/** Nx replaces its tokens in options, and throws at one of them; in a message they are only talked about. */
const withoutTokens = (text: string): string =>
  text.replace(/\{(workspaceRoot|projectRoot|projectName)\}/g, '{ $1 }')
