import type { ToolName } from '@muster/model'
import type { FlagRule } from './tool-flags.ts'

type Rules = Readonly<Record<string, FlagRule>>

const VITEST: Rules = {
  '--config': 'config',
  '-c': 'config',
  '--passWithNoTests': 'no-tests',
  '--run': 'drop',
  '--no-watch': 'drop',
  '--silent': 'drop',
  '--reporter': 'drop-value',
  '--outputFile': 'drop-value',
  '--watch': 'refuse',
  '-w': 'refuse',
  '--ui': 'refuse',
  '--root': 'refuse',
  '-r': 'refuse',
  '--workspace': 'refuse',
  '--dir': 'value',
  '--testTimeout': 'value',
  '--maxWorkers': 'value',
  '--project': 'value',
  '--environment': 'value',
  '--mode': 'value',
  '--pool': 'value',
  '-t': 'value',
  '--testNamePattern': 'value',
}

const JEST: Rules = {
  '--config': 'config',
  '-c': 'config',
  '--passWithNoTests': 'no-tests',
  '--silent': 'drop',
  '--verbose': 'drop',
  '--json': 'drop',
  '--reporters': 'drop-value',
  '--outputFile': 'drop-value',
  '--watch': 'refuse',
  '--watchAll': 'refuse',
  '--rootDir': 'refuse',
  '--projects': 'refuse',
  '-w': 'value',
  '--maxWorkers': 'value',
  '-t': 'value',
  '--testNamePattern': 'value',
  '--testPathPattern': 'value',
  '--testPathPatterns': 'value',
  '--env': 'value',
  '--testTimeout': 'value',
  '--coverageReporters': 'value',
  '--coverageDirectory': 'value',
  '--selectProjects': 'value',
}

const PLAYWRIGHT: Rules = {
  '--config': 'config',
  '-c': 'config',
  '--pass-with-no-tests': 'no-tests',
  '--reporter': 'drop-value',
  '--ui': 'refuse',
  '--debug': 'refuse',
  '--project': 'value',
  '--grep': 'value',
  '-g': 'value',
  '--workers': 'value',
  '-j': 'value',
}

const NODE_TEST: Rules = {
  '--test': 'drop',
  '--test-reporter': 'drop-value',
  '--test-reporter-destination': 'drop-value',
  '--watch': 'refuse',
  '--import': 'value',
  '--require': 'value',
  '-r': 'value',
  '--loader': 'value',
  '--experimental-loader': 'value',
  '--conditions': 'value',
  '-C': 'value',
  '--test-name-pattern': 'value',
  '--test-timeout': 'value',
  '--test-concurrency': 'value',
}

const PYTEST: Rules = {
  '-c': 'config',
  '--config-file': 'config',
  '-q': 'drop',
  '-v': 'drop',
  '--quiet': 'drop',
  '--verbose': 'drop',
  '--junitxml': 'drop-value',
  '--junit-xml': 'drop-value',
  '--rootdir': 'refuse',
  '--pdb': 'refuse',
  '-k': 'value',
  '-m': 'value',
  '-n': 'value',
  '-p': 'value',
}

const GO: Rules = { '-v': 'drop', '-json': 'drop', '-C': 'refuse', '-run': 'value', '-tags': 'value' }

const CARGO: Rules = {
  '-q': 'drop',
  '--quiet': 'drop',
  '-v': 'drop',
  '--manifest-path': 'refuse',
  '--no-run': 'refuse',
  '-p': 'value',
  '--package': 'value',
  '--features': 'value',
  '-F': 'value',
  '--test': 'value',
  '--profile': 'value',
}

/** The flags that mean something to Muster, and those whose value is a word of its own. */
export const FLAG_RULES: Readonly<Record<ToolName, Rules>> = {
  'node:test': NODE_TEST,
  vitest: VITEST,
  jest: JEST,
  playwright: PLAYWRIGHT,
  pytest: PYTEST,
  go: GO,
  cargo: CARGO,
}
