import type { HyperfineCommand, HyperfineSpec } from '@muster/model'

/** Every command with every combination of the parameters that it or its helpers name, in the order of declaration. */
export function commandsOf({ commands, parameters }: Pick<HyperfineSpec, 'commands' | 'parameters'>) {
  return commands.flatMap((command) => {
    const text = Object.values(command).join('\0')
    const used = Object.entries(parameters).filter(([name]) => text.includes(`{${name}}`))
    return combinations(used).map((chosen) => filled(command, chosen))
  })
}

type Choice = ReadonlyMap<string, string>

const combinations = (parameters: readonly (readonly [string, readonly string[]])[]): readonly Choice[] =>
  parameters.reduce<readonly Choice[]>(
    (chosen, [name, values]) =>
      chosen.flatMap((each) => values.map((value) => new Map([...each, [name, value]]))),
    [new Map()],
  )

function filled(command: HyperfineCommand, chosen: Choice): HyperfineCommand {
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => chosen.get(name) ?? whole)
  const { name, ...rest } = command
  const lines = Object.fromEntries(
    Object.entries(rest).map(([key, text]) => [key, fill(text)]),
  ) as typeof rest
  const shown = fill(name)
  const values = [...chosen].map(([key, value]) => `${key}=${value}`).join(', ')
  // Names stay apart even where they don't say the value themselves.
  return { ...lines, name: shown === name && values !== '' ? `${name} (${values})` : shown }
}
