import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ChangeImpact } from '@muster/engine/client'
import type { Suite } from '@muster/model'
import type { ProjectGraph } from './devkit.ts'
import type { TaskHash } from './hash-tasks.ts'
import { compareInputs, readInputs } from './input-manifest.ts'

/** How near a changed file is to what a suite tests: its own folder, a project it covers, anything behind those. */
const NEARNESS = { own: 1, covered: 0.8, behind: 0.5 } as const
type Nearness = keyof typeof NEARNESS

const WORDS: Readonly<Record<Nearness, string>> = {
  own: 'its own',
  covered: 'those it covers',
  behind: 'those behind them',
}

/**
 * How much of a suite's inputs has changed, 0 to 1: the nearest change decides, and the share of changed files
 * (a tenth of them counts as much as all) makes up half of it.
 */
export function changeImpact(
  changed: readonly string[],
  current: TaskHash,
  { dir, covers }: Pick<Suite, 'dir' | 'covers'>,
  graph: ProjectGraph,
): ChangeImpact {
  const total = Object.keys(current.files).length
  if (changed.length === 0 || total === 0)
    return { value: 0, why: `none of its ${total} input files changed` }
  const roots = covers.flatMap((name) => graph.nodes[name]?.data.root ?? [])
  const counts: Record<Nearness, number> = { own: 0, covered: 0, behind: 0 }
  for (const file of changed) counts[nearnessOf(file, dir, roots)]++
  const found = (Object.keys(counts) as Nearness[]).filter((each) => counts[each] > 0)
  const nearest = Math.max(...found.map((each) => NEARNESS[each]))
  const share = Math.min(1, (changed.length / total) * 10)
  const parts = found.map((each) => `${counts[each]} of ${WORDS[each]}`).join(', ')
  return {
    value: Number((nearest * (0.5 + 0.5 * share)).toFixed(3)),
    why: `${changed.length} of its ${total} input files changed (${parts})`,
  }
}

const isBelow = (file: string, folder: string): boolean => folder === '.' || file.startsWith(`${folder}/`)

function nearnessOf(file: string, dir: string, roots: readonly string[]): Nearness {
  if (isBelow(file, dir)) return 'own'
  return roots.some((root) => isBelow(file, root)) ? 'covered' : 'behind'
}

/**
 * By suite: what changed since its last run here. Where it never ran, what git says has changed since the commit that
 * `NX_BASE` names, or since the last commit. Must be asked before the new inputs are written down.
 */
export async function changeImpacts(
  root: string,
  suites: readonly { readonly suite: Suite; readonly inputs: TaskHash }[],
  graph: ProjectGraph,
): Promise<Record<string, ChangeImpact>> {
  const impacts: Record<string, ChangeImpact> = {}
  let diff: ReadonlySet<string> | undefined
  for (const { suite, inputs } of suites) {
    const before = readInputs(root, suite.id)?.current
    let changed: readonly string[]
    if (before) {
      const changes = compareInputs(before, inputs)
      changed = [...changes.changed, ...changes.added, ...changes.removed]
    } else {
      diff ??= new Set(await changedInGit(root))
      const known = diff
      changed = Object.keys(inputs.files).filter((file) => known.has(file))
    }
    impacts[suite.id] = changeImpact(changed, inputs, suite, graph)
  }
  return impacts
}

/** Empty where git knows nothing: a change that can't be seen weighs nothing. */
async function changedInGit(root: string): Promise<readonly string[]> {
  const base = process.env['NX_BASE'] ?? 'HEAD'
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      ['diff', '--name-only', '--relative', '-z', base, '--'],
      { cwd: root, maxBuffer: 1 << 26 },
    )
    return stdout.split('\0').filter(Boolean)
  } catch {
    return []
  }
}
