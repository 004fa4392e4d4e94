export { coverageEnv } from './coverage-env.ts'
export { type CollectedResults, collectResults, type CommandOutput } from './command/collect-results.ts'
export { clearResults } from './command/result-files.ts'
export {
  type CommandEvidence,
  type Exit,
  type InProcessEvidence,
  judgeCommand,
  judgeInProcess,
} from './judge.ts'
export { RUNNERS, runnerFor, warmRunners } from './registry.ts'
export * from './runner.ts'
