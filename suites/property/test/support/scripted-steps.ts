import type { RunningStep, StepOrder, WorkerPool } from '@muster/workers'

const NOTHING = { data: Buffer.alloc(0), totalBytes: 0 }

/** Set-ups and tear-downs that do nothing but be remembered. Units don't come here: they are scripted. */
export class ScriptedSteps implements WorkerPool {
  readonly steps: string[] = []

  run(): never {
    throw new Error('units are scripted')
  }

  runStep({ attempt, name }: StepOrder): RunningStep {
    this.steps.push(`${attempt} ${name}`)
    return {
      done: Promise.resolve({ stdout: NOTHING, stderr: NOTHING }),
      stop: () => undefined,
      release: () => Promise.resolve(undefined),
    }
  }

  usageNow(): never {
    throw new Error('nobody asks')
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
