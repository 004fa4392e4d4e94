import { globToRegExp } from '@muster/graph'
import { isRecord, type WorkspaceFiles } from './workspace-files.ts'

/**
 * Whether a package.json belongs to the package manager's workspaces, which makes its folder an Nx project
 * (npm, yarn and bun: `workspaces` in the root package.json; pnpm and lerna: files of their own).
 */
export function packagePatterns(files: WorkspaceFiles): (packageJson: string) => boolean {
  const patterns = [
    ...fromPackageJson(files.json('package.json')),
    ...fromPnpm(files.text('pnpm-workspace.yaml')),
    ...strings(files.json('lerna.json')?.['packages']),
  ]
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(toRegExp)
  const unwanted = patterns.flatMap((pattern) => (pattern.startsWith('!') ? toRegExp(pattern.slice(1)) : []))
  return (path) =>
    wanted.some((pattern) => pattern.test(path)) && !unwanted.some((pattern) => pattern.test(path))
}

function fromPackageJson(json: Readonly<Record<string, unknown>> | undefined): string[] {
  const workspaces = json?.['workspaces']
  return strings(isRecord(workspaces) ? workspaces['packages'] : workspaces)
}

/** The list under `packages:`, in block or flow style; a YAML parser would cost more than this is worth. */
function fromPnpm(yaml: string | undefined): string[] {
  const [, flow, block] =
    /^packages:[ \t]*(?:\[([^\]]*)\]|\r?\n((?:[ \t]*(?:-.*|#.*)?\r?\n?)*))/m.exec(yaml ?? '') ?? []
  const items = flow === undefined ? (block ?? '').split('\n') : flow.split(',')
  return items.flatMap((item) => {
    const text = item
      .replace(/^\s*-?\s*/, '')
      .replace(/\s+#.*$/, '')
      .trim()
    const plain = text.replace(/^(['"])(.*)\1$/, '$2')
    return plain === '' || plain.startsWith('#') ? [] : [plain]
  })
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

const toRegExp = (pattern: string): RegExp => {
  const folder = pattern
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .replace(/\/package\.json$/, '')
  return globToRegExp(folder === '.' ? 'package.json' : `${folder}/package.json`)
}
