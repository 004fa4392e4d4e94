import { err, ok, type Result } from '@muster/model'
import type { Json } from './own-target.ts'

/** Options that say nothing about the tests. */
const SILENT = new Set([
  'cwd',
  'command',
  'commands',
  'color',
  'suite',
  'source',
  'declare',
  'reportsDirectory',
])

/** A target's options as words of a command line, as Nx itself would pass them on. */
export function optionWords(options: Json): Result<readonly string[], string> {
  const words: string[] = []
  for (const [name, value] of Object.entries(options)) {
    if (SILENT.has(name)) continue
    if (name === 'env' || name === 'envFile') return err('it sets environment variables')
    if (name === 'args') {
      const given = Array.isArray(value) ? value.map(String) : String(value).split(/\s+/).filter(Boolean)
      words.push(...given)
    } else if (value === true) words.push(`--${name}`)
    else if (value === false) words.push(`--${name}=false`)
    else if (typeof value === 'string' || typeof value === 'number') words.push(`--${name}=${value}`)
    else return err(`it has the option ${name}`)
  }
  return words.some((word) => word.includes("'")) ? err('its options have quotes in them') : ok(words)
}
