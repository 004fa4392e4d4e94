import { err, ok, type Result } from '@muster/model'

/** What becomes of a flag of a test runner's command line. */
export type FlagRule =
  /** Its value is the configuration file. */
  | 'config'
  /** A run without tests passes. */
  | 'no-tests'
  /** Muster says so itself, or the flag only changes what is printed. */
  | 'drop'
  /** The same, with the word that follows. */
  | 'drop-value'
  /** Kept, with the word that follows. */
  | 'value'
  /** Not a run of tests that ends by itself in the project's folder. */
  | 'refuse'

export interface ReadFlags {
  readonly config?: string
  readonly allowNoTests: boolean
  /** The flags that are left, with their values, and `--` with what follows it, in order. */
  readonly args: readonly string[]
  /** What is no flag, and no flag's value. */
  readonly positional: readonly string[]
}

/** Sorts the words after a runner's name; a flag without a rule is kept as it is. */
export function readFlags(
  words: readonly string[],
  rules: Readonly<Record<string, FlagRule>>,
): Result<ReadFlags, string> {
  const args: string[] = []
  const positional: string[] = []
  let config: string | undefined
  let allowNoTests = false
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '--') {
      args.push(...words.slice(index))
      break
    }
    if (!word.startsWith('-') || word === '-') {
      positional.push(word)
      continue
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1
    const name = equals === -1 ? word : word.slice(0, equals)
    const inline = equals === -1 ? undefined : word.slice(equals + 1)
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    const off = inline === 'false'
    switch (rule) {
      case 'refuse':
        if (!off) return err(`it uses ${word}`)
        break
      case 'no-tests':
        allowNoTests = !off
        break
      case 'drop':
        break
      case 'drop-value':
        if (inline === undefined) index++
        break
      case 'config': {
        const value = inline ?? words[++index]
        if (value === undefined || value.startsWith('{') || value.startsWith('/')) {
          return err(`${name} names no file of the project`)
        }
        config = value
        break
      }
      case 'value':
      case undefined:
        args.push(word)
        if (rule === 'value' && inline === undefined && words[index + 1] !== undefined) {
          args.push(words[++index] ?? '')
        }
    }
  }
  return ok({ ...(config !== undefined && { config }), allowNoTests, args, positional })
}
