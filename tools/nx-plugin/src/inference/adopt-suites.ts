import type { ParsedSuite } from '@muster/graph'
import type { Suite } from '@muster/model'
import { withAdoptedCoverage } from '../adoption/adopted-coverage.ts'
import { adoptedSuite } from '../adoption/adopted-suite.ts'
import type { FoundTests } from '../adoption/found-tests.ts'
import type { Json } from '../adoption/own-target.ts'
import type { InferenceInput } from './infer-suites.ts'
import { inheritedInputs } from './inherited-inputs.ts'
import { hiddenDefaults } from './target-defaults.ts'
import { folderName, freeName, type SuitePlace } from './suite-places.ts'

/** Tests without a suite.json as a suite, and where it is. */
export interface AdoptedSuite {
  readonly parsed: ParsedSuite
  readonly place: SuitePlace
}

export interface Taken {
  readonly projects: Set<string>
  readonly suites: Set<string>
}

/**
 * A suite and a place for each of these tests. A suite is called like its project if its target is the usual one.
 * @param taken names; those that are given are added
 */
export function adoptSuites(
  found: readonly FoundTests[],
  usualTarget: string,
  taken: Taken,
  { nxJson, parse, options }: Pick<InferenceInput, 'nxJson' | 'parse' | 'options'>,
): AdoptedSuite[] {
  const projects = new Map<string, string>()
  return found.flatMap((tests): AdoptedSuite[] => {
    const { root, target, existing } = tests
    let { project } = tests
    if (!existing) {
      project =
        projects.get(root) ??
        freeName(taken.projects.has(project) ? folderName(root) : project, taken.projects)
      projects.set(root, project)
      taken.projects.add(project)
    }
    const wish = asSuiteName(target === usualTarget ? project : `${project}-${target}`)
    const name = freeName(wish, taken.suites)
    const parsed = adoptedSuite({ ...tests, project }, name, parse)
    if (!parsed) return []
    taken.suites.add(name)
    const inherited = parsed.suite && withDefaults(parsed.suite, hiddenDefaults(nxJson, target))
    const suite = inherited && withAdoptedCoverage(inherited, options.coverage)
    return [
      {
        parsed: { ...parsed, ...(suite && { suite }) },
        place: { root, project, existing, target, suite: name },
      },
    ]
  })
}

function withDefaults(suite: Suite, defaults: readonly Json[]): Suite {
  const { inputs, outputs, env } = inheritedInputs(defaults)
  return {
    ...suite,
    inputs: [...suite.inputs, ...inputs],
    outputs: [...suite.outputs, ...outputs],
    env: [...suite.env, ...env],
  }
}

/** Nx is freer with names than suites are. */
const asSuiteName = (name: string): string => {
  const [, scope = '', rest = name] = /^(@[a-z0-9][\w.-]*\/)(.*)$/.exec(name) ?? []
  return scope + (rest.replace(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'suite')
}
