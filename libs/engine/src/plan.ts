/* Planning without running; apart, since it takes the scheduler and the runners, which most commands do without. */
export { planRun, type RunPlan } from './run/plan-run.ts'
