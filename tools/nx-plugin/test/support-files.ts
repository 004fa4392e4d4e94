import { isRecord, type WorkspaceFiles } from '../src/inference/workspace-files.ts'

/** A workspace in memory: text as it is, anything else as JSON. */
export function filesOf(content: Readonly<Record<string, unknown>>): WorkspaceFiles {
  const paths = Object.keys(content)
  return {
    text: (path) => {
      const value = content[path]
      return value === undefined || typeof value === 'string' ? value : JSON.stringify(value)
    },
    json: (path) => {
      const value = content[path]
      return isRecord(value) ? value : undefined
    },
    entries: (folder) => {
      const start = folder === '.' ? '' : `${folder}/`
      return new Set(
        paths.flatMap((path) =>
          path.startsWith(start) ? (path.slice(start.length).split('/')[0] ?? []) : [],
        ),
      )
    },
  }
}
