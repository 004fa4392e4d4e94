import { cpus } from 'node:os'

/** Milliseconds that all cores together were busy, since the machine was started; 0 where it doesn't tell. */
const busyMs = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)

/** @returns a function that says how many cores were busy on average since now, whoever kept them so */
export function watchCpus(): () => number | undefined {
  const start = performance.now()
  const before = busyMs()
  return () => {
    const elapsed = performance.now() - start
    const after = busyMs()
    return after === 0 || elapsed <= 0 ? undefined : (after - before) / elapsed
  }
}
