import { pluginOptions, readNxJson } from '@muster/nx/why'

export interface Targets {
  readonly target: string
  readonly testTarget: string
}

/** What the workspace calls the targets of its suites, unless other names are given. */
export function targetsOf(root: string, { target, testTarget }: Partial<Targets>): Targets {
  const { benchTargetName = 'bench', targetName = 'test' } = optionsIn(root)
  return { target: target ?? benchTargetName, testTarget: testTarget ?? targetName }
}

function optionsIn(root: string): ReturnType<typeof pluginOptions> {
  try {
    return pluginOptions(readNxJson(root))
  } catch {
    // Nx itself will say what is wrong with its file.
    return {}
  }
}
