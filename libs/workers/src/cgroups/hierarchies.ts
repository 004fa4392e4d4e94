/** A tree of cgroups and the folder in it that stands for this process. */
export interface Hierarchy {
  readonly version: 1 | 2
  /** Of version 1, such as `memory` or `cpuacct`; a version 2 tree says in its files which it has. */
  readonly controllers: readonly string[]
  /** Absolute. */
  readonly folder: string
}

/**
 * Where this process is, in every hierarchy that can be reached from here; version 2 first.
 *
 * @param cgroups text of `/proc/self/cgroup`: `<id>:<controllers>:<path>` a line
 * @param mountinfo text of `/proc/self/mountinfo`, see proc(5)
 */
export function ownHierarchies(cgroups: string, mountinfo: string): Hierarchy[] {
  const mounts = mountinfo.split('\n').flatMap(parseMount)
  return cgroups
    .split('\n')
    .flatMap((line): Hierarchy[] => {
      const [, id, names = '', path = ''] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? []
      if (id === undefined) return []
      const version = id === '0' && names === '' ? 2 : 1
      const controllers = names === '' ? [] : names.split(',')
      const folders = mounts
        .filter(
          (mount) =>
            mount.version === version && controllers.every((each) => mount.controllers.includes(each)),
        )
        .flatMap((mount) => folderIn(mount, path))
      const [folder] = folders
      return folder === undefined ? [] : [{ version, controllers, folder }]
    })
    .toSorted((a, b) => b.version - a.version)
}

interface Mount {
  readonly version: 1 | 2
  readonly controllers: readonly string[]
  /** The part of the tree that is mounted. */
  readonly root: string
  readonly point: string
}

function parseMount(line: string): Mount[] {
  // `id parent major:minor root point options optional… - type source superoptions`
  const [before = '', after = ''] = line.split(' - ')
  const [, , , root, point] = before.split(' ')
  const [type, , options = ''] = after.split(' ')
  if (root === undefined || point === undefined || (type !== 'cgroup' && type !== 'cgroup2')) return []
  const version = type === 'cgroup2' ? 2 : 1
  return [{ version, controllers: options.split(','), root: unescaped(root), point: unescaped(point) }]
}

/** None when the mount doesn't show the path: a container may see only its own part, or none of it. */
function folderIn({ root, point }: Mount, path: string): string[] {
  if (path.startsWith('/..')) return []
  if (root === '/') return [path === '/' ? point : `${point}${path}`]
  if (path === root) return [point]
  return path.startsWith(`${root}/`) ? [`${point}${path.slice(root.length)}`] : []
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)))
