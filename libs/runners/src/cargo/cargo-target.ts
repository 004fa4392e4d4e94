import { dirname, posix } from 'node:path'

/** A target of a package that holds tests. */
export interface CargoTarget {
  /** As nextest calls it: `shop` (its library), `shop::it` (tests/it.rs), `shop::bin/serve`, `shop::doc`. */
  readonly id: string
  /** Absolute folder of its package. */
  readonly dir: string
  /** Absolute; the file that holds the other modules together. Absent for documentation, which may be in any file. */
  readonly root?: string
}

/** What cargo says of something that it has built (`--message-format=json`). */
export interface Artifact {
  readonly package_id: string
  readonly manifest_path?: string
  readonly target: { readonly kind: readonly string[]; readonly name: string; readonly src_path: string }
  readonly executable?: string | null
}

export function targetOf({ package_id: id, manifest_path: manifest, target }: Artifact): CargoTarget {
  const dir = dirname(manifest ?? target.src_path)
  return { id: targetId(packageName(id), target.kind[0] ?? 'lib', target.name), dir, root: target.src_path }
}

/** @param kind as cargo and nextest call it; all but these are kinds of libraries */
export function targetId(name: string, kind: string, target: string): string {
  if (kind === 'test') return `${name}::${target}`
  return kind === 'bin' || kind === 'example' || kind === 'bench' ? `${name}::${kind}/${target}` : name
}

export const docTarget = ({ id, dir }: CargoTarget): CargoTarget => ({ id: `${id}::doc`, dir })

/** The options of cargo that choose targets, by their ids; undefined where they don't go together. */
export function selectTargets(ids: readonly string[]): readonly string[] | undefined {
  const chosen = [...new Set(ids.map((id) => optionsFor(id).join(' ')))]
  if (chosen.includes('--doc') && chosen.length > 1) return undefined
  return chosen.flatMap((options) => options.split(' '))
}

function optionsFor(id: string): readonly string[] {
  const target = id.split('::')[1]
  if (target === undefined) return ['--lib']
  if (target === 'doc') return ['--doc']
  const [kind, name] = target.split('/')
  return name === undefined ? ['--test', target] : [`--${kind}`, name]
}

/**
 * `path+file:///home/me/shop#0.1.0`, `path+file:///home/me/shop#cart@0.1.0`,
 * `registry+https://…#cart@0.1.0`; before cargo 1.77 `cart 0.1.0 (path+file:///home/me/shop)`.
 */
export function packageName(id: string): string {
  const hash = id.lastIndexOf('#')
  if (hash === -1 || id.includes(' ')) return id.split(' ')[0] ?? id
  const fragment = id.slice(hash + 1)
  const at = fragment.lastIndexOf('@')
  return at === -1 ? posix.basename(id.slice(0, hash)) : fragment.slice(0, at)
}
