import { MOCHA_INCLUDE, suiteId, type RunnerSpec, type Selector, type Suite } from '@muster/model'
import { durationMs, type RunnerJson, type SuiteJson } from '@muster/model/schema'

/** A checked suite.json as the suite it declares. @param source its workspace-relative, '/'-separated path */
export function fillSuite(json: SuiteJson, source: string): Suite {
  const runner = fillRunner(json.runner)
  return {
    id: suiteId(json.name),
    kind: json.kind,
    priority: json.priority,
    dir: source.includes('/') ? source.slice(0, source.lastIndexOf('/')) : '.',
    source,
    runner,
    include: json.include ?? (runner.name === 'mocha' ? MOCHA_INCLUDE : []),
    exclude: json.exclude,
    covers: json.covers,
    dependsOn: json.dependsOn.map((each): Selector => (typeof each === 'string' ? { suite: each } : each)),
    inputs: json.inputs,
    outputs: json.outputs,
    env: json.env,
    timeoutMs: durationMs(json.timeout),
    slowAfterMs: durationMs(json.slowAfter),
    isolation: json.isolation,
    allowNoTests: json.allowNoTests,
    ...(json.setUp !== undefined && { setUp: json.setUp }),
    ...(json.tearDown !== undefined && { tearDown: json.tearDown }),
  }
}

function fillRunner(json: RunnerJson): RunnerSpec {
  if (json === 'mocha') return { name: 'mocha', options: {} }
  if (json.name === 'mocha') {
    return {
      name: 'mocha',
      options: json.options ?? {},
      ...(json.config !== undefined && { config: json.config }),
    }
  }
  const { results } = json
  return {
    name: 'command',
    command: json.command,
    results: results === undefined || results === 'exit-code' ? { format: 'exit-code' } : results,
  }
}
