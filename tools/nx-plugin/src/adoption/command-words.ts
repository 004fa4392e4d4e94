import { err, ok, type Result } from '@muster/model'

const QUOTED = /'([^']*)'|"([^"$`\\]*)"|([^\s'"$`\\&|;<>()#]+)/y

/**
 * The words of a command that needs no shell to be understood.
 * @returns else the character that asks for one, as a reason for people
 */
export function commandWords(command: string): Result<readonly string[], string> {
  const words: string[] = []
  let open = false
  for (let at = 0; at < command.length;) {
    if (/\s/.test(command[at] ?? '') && command[at] !== '\n') {
      open = false
      at++
      continue
    }
    QUOTED.lastIndex = at
    const found = QUOTED.exec(command)
    if (!found) return err(`it is for a shell (${operatorAt(command, at)})`)
    const part = found[1] ?? found[2] ?? found[3] ?? ''
    words.push((open ? (words.pop() ?? '') : '') + part)
    open = true
    at = QUOTED.lastIndex
  }
  return ok(words)
}

const operatorAt = (command: string, at: number): string =>
  /^(&&|\|\||>>)/.exec(command.slice(at))?.[0] ?? JSON.stringify(command[at])
