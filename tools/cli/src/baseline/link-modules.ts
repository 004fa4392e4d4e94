import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/**
 * Links the installed packages of a workspace into a checkout of it. Packages that are folders of the workspace itself are
 * linked to the checkout's own folders: else the base would be measured with the current sources.
 */
export function linkModules(root: string, checkout: string): void {
  const modules = path.join(root, 'node_modules')
  if (!existsSync(modules)) return
  const target = path.join(checkout, 'node_modules')
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(modules)) {
    const entry = path.join(modules, name)
    if (name.startsWith('@') && lstatSync(entry).isDirectory()) {
      mkdirSync(path.join(target, name), { recursive: true })
      for (const each of readdirSync(entry)) link(path.join(entry, each), path.join(target, name, each))
    } else link(entry, path.join(target, name))
  }

  function link(from: string, to: string): void {
    // A link that leads nowhere is no package.
    if (!existsSync(from)) return
    const place = path.relative(root, realpathSync(from))
    const isOwn = !place.startsWith('..') && !place.split(path.sep).includes('node_modules')
    symlinkSync(isOwn ? path.join(checkout, place) : from, to)
  }
}
