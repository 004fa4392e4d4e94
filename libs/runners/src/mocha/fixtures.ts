import type { UnitMessage } from '../runner.ts'
import { caseError } from '../case-error.ts'

type Fixture = (this: unknown) => unknown

/**
 * Wraps global fixtures so that one that throws is told. Mocha 12 prints it and adds one to its exit code;
 * 10 and 11 leave a rejected promise behind and never finish.
 */
export function watchFixtures(plugins: Readonly<Record<string, unknown>>): {
  readonly plugins: Record<string, unknown>
  /** Resolves when a fixture threw, else never. */
  readonly failed: Promise<UnitMessage>
} {
  let fail: (message: UnitMessage) => void
  const failed = new Promise<UnitMessage>((resolve) => (fail = resolve))
  const wrap = (phase: string, fixture: Fixture): Fixture =>
    async function (this: unknown) {
      try {
        await fixture.call(this)
      } catch (thrown) {
        const { message, stack } = caseError(thrown)
        fail({
          type: 'error',
          message: `global ${phase} failed: ${message}`,
          ...(stack !== undefined && { stack }),
        })
        // Mocha must not go on as if the fixture were there.
        await new Promise(() => undefined)
      }
    }
  const wrapped = { ...plugins }
  for (const [option, phase] of [
    ['globalSetup', 'set-up'],
    ['globalTeardown', 'tear-down'],
  ] as const) {
    const fixtures = plugins[option]
    if (fixtures === undefined) continue
    wrapped[option] = [fixtures].flat().map((fixture) => wrap(phase, fixture as Fixture))
  }
  return { plugins: wrapped, failed }
}
