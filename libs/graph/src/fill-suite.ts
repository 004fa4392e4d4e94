import {
  BENCH_INCLUDE,
  MOCHA_INCLUDE,
  SCHEDULING_DEFAULTS,
  suiteId,
  type Limits,
  type Requires,
  type Retries,
  type RunnerSpec,
  type Selector,
  type Suite,
  type SuiteCoverage,
} from '@muster/model'
import { durationMs, sizeBytes, type RunnerJson, type SuiteJson } from '@muster/model/schema'
import { alone, DEFAULT_TINYBENCH, fillHyperfine, fillMeasure, fillTinybench } from './fill-bench.ts'

/** A checked suite.json as the suite it declares. @param source its workspace-relative, '/'-separated path */
export function fillSuite(json: SuiteJson, source: string): Suite {
  const runner = fillRunner(json.runner)
  const measure = fillMeasure(json.measure, json.kind)
  return {
    id: suiteId(json.name),
    kind: json.kind,
    priority: json.priority,
    dir: source.includes('/') ? source.slice(0, source.lastIndexOf('/')) : '.',
    source,
    runner,
    include: json.include ?? DEFAULT_INCLUDE[runner.name] ?? [],
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
    requires: alone(json.kind, fillRequires(json.requires)),
    limits: fillLimits(json.limits),
    retries: fillRetries(json.retries),
    flaky: json.flaky,
    ...(json.shards !== undefined && { shards: json.shards }),
    weight: json.weight,
    halt: json.halt,
    ...(json.coverage !== false && { coverage: fillCoverage(json.coverage) }),
    ...(measure && { measure }),
  }
}

const DEFAULT_INCLUDE: Readonly<Partial<Record<RunnerSpec['name'], readonly string[]>>> = {
  mocha: MOCHA_INCLUDE,
  tinybench: BENCH_INCLUDE,
}

function fillCoverage(json: Exclude<SuiteJson['coverage'], false>): SuiteCoverage {
  if (json === true) return { exclude: [], thresholds: {}, files: [] }
  const { include, exclude, thresholds, files } = json
  return { exclude, thresholds, files, ...(include && { include }) }
}

function fillRequires({
  cpus,
  memory,
  labels,
  exclusive,
  semaphores,
  devices,
}: SuiteJson['requires']): Requires {
  return {
    ...(cpus !== undefined && { cpus }),
    ...(memory !== undefined && { memoryBytes: sizeBytes(memory) }),
    labels,
    exclusive: [...new Set([...exclusive, ...devices.map((name) => `device:${name}`)])],
    semaphores,
  }
}

const fillLimits = ({ cpus, memory, processes }: SuiteJson['limits']): Limits => ({
  ...(memory !== undefined && { memoryBytes: sizeBytes(memory) }),
  ...(cpus !== undefined && { cpus }),
  ...(processes !== undefined && { processes }),
})

function fillRetries(json: SuiteJson['retries']): Retries {
  const { delayMs } = SCHEDULING_DEFAULTS.retries
  if (typeof json === 'number') return { count: json, delayMs }
  return { count: json.count, delayMs: json.delay === undefined ? delayMs : durationMs(json.delay) }
}

function fillRunner(json: RunnerJson): RunnerSpec {
  if (json === 'mocha') return { name: 'mocha', options: {} }
  if (json === 'tinybench') return DEFAULT_TINYBENCH
  if (typeof json === 'string') return { name: json, args: [] }
  if (json.name === 'mocha') {
    return {
      name: 'mocha',
      options: json.options ?? {},
      ...(json.config !== undefined && { config: json.config }),
    }
  }
  if (json.name === 'tinybench') return fillTinybench(json)
  if (json.name === 'hyperfine') return fillHyperfine(json)
  if (json.name !== 'command') {
    const { name, config, args } = json
    return { name, args, ...(config !== undefined && { config }) }
  }
  const { results } = json
  return {
    name: 'command',
    command: json.command,
    results: results === undefined || results === 'exit-code' ? { format: 'exit-code' } : results,
  }
}
