/**
 * Runner options of a suite.json as mocha's command line: `{checkLeaks: true, require: ['a', 'b']}` is
 * `--check-leaks --require=a --require=b`. So mocha itself merges them over its config, by its own rules.
 */
export function toArgv(options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    if (value === true) return [`--${flag}`]
    if (value === false) return [`--no-${flag}`]
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    return values.filter(isScalar).map((each) => `--${flag}=${String(each)}`)
  })
}

const isScalar = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'
