import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Holds the package `muster_pytest`; as far from the source as from what is built of it. */
const FOLDER = fileURLToPath(new URL('../../python', import.meta.url))

/** What lets any Python find our plugin, before anything of the suite's own. */
export const pluginPath = (own: string | undefined): Readonly<Record<string, string>> => ({
  PYTHONPATH: own ? `${FOLDER}${delimiter}${own}` : FOLDER,
})
