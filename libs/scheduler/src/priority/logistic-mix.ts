import { likelihoodOf } from './tally.ts'

/** A thirteenth each: estimates that agree are believed as they are. */
const START = 1 / 13
/** Small enough to take a hundred cycles for a mind, large enough to follow a project that changes. */
const LEARNING_RATE = 0.01

/** Weights of the inputs; the last one, of the constant input, starts at nothing. */
export const newWeights = (inputs: number): number[] =>
  Array.from({ length: inputs }, (_, i) => (i === inputs - 1 ? 0 : START))

/** The likelihood that log odds from several sources come to (logistic mixing, as in Mahoney's PAQ7, 2005). */
export function mix(weights: readonly number[], inputs: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < inputs.length; i++) sum += weights[i]! * inputs[i]!
  return likelihoodOf(sum)
}

/** One step of gradient descent on the coding cost of the verdict. @param importance of the sample, 0..1 */
export function teach(
  weights: number[],
  inputs: readonly number[],
  failed: boolean,
  importance: number,
): void {
  const error = (failed ? 1 : 0) - mix(weights, inputs)
  for (let i = 0; i < inputs.length; i++)
    weights[i] = weights[i]! + LEARNING_RATE * importance * error * inputs[i]!
}
