import assert from 'node:assert/strict'

/** Equal up to a share of the expected value. */
export function near(actual: number, expected: number, message: string, tolerance = 1e-9): void {
  const distance = Math.abs(actual - expected)
  assert.ok(
    distance <= tolerance * Math.max(1e-12, Math.abs(expected)) || distance < 1e-14,
    `${message}: ${actual}, expected ${expected}`,
  )
}
