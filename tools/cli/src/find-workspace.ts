import { existsSync } from 'node:fs'
import path from 'node:path'

/** The nearest folder upwards that holds an nx.json; undefined outside a workspace. */
export function findWorkspace(start = process.cwd()): string | undefined {
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'nx.json'))) return folder
    if (folder === path.dirname(folder)) return undefined
  }
}

export const NO_WORKSPACE =
  'muster: no nx.json here or in a folder above. Run it inside an Nx workspace; `npx nx@latest init` makes one.'
