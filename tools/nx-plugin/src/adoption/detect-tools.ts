import { posix } from 'node:path'
import { err, ok, type Result, type RunnerSpec, type ToolName } from '@muster/model'
import { isRecord, type WorkspaceFiles } from '../inference/workspace-files.ts'
import { mochaConfig } from './mocha-config.ts'
import { mochaWords } from './mocha-words.ts'
import { PASSES_EMPTY } from './read-command.ts'
import type { TestCommand } from './test-command.ts'

/** A test runner whose configuration a folder holds. */
export interface DetectedTool {
  readonly name: RunnerSpec['name']
  /** Workspace-relative. */
  readonly file: string
  /** How its tests are run, or why that can't be told, as half a sentence. */
  readonly command: Result<TestCommand, string>
}

/** Files that make a folder a project of another language. */
export const CONFIG_FILES: ReadonlySet<string> = new Set([
  'go.mod',
  'Cargo.toml',
  'pytest.ini',
  'pyproject.toml',
])

const SCRIPT = String.raw`\.[cm]?[jt]s$`
const VITEST = new RegExp(`^vitest\\.config${SCRIPT}`)
const VITE = new RegExp(`^vite\\.config${SCRIPT}`)
const JEST = new RegExp(`^jest\\.config(${SCRIPT}|\\.json$)`)
const PLAYWRIGHT = new RegExp(`^playwright\\.config${SCRIPT}`)

/**
 * The test runners of one folder, by their configuration files; nothing is executed, so that a configuration
 * that is computed, or broken, disturbs nobody but its own run.
 * @param folder workspace-relative, '.' for the root
 */
export function detectTools(folder: string, files: WorkspaceFiles): readonly DetectedTool[] {
  const entries = files.entries(folder)
  const path = (name: string): string => posix.join(folder, name)
  const find = (pattern: RegExp): string | undefined =>
    [...entries].toSorted().find((name) => pattern.test(name))
  const tool = (name: ToolName, file: string | undefined): DetectedTool[] => {
    if (file === undefined) return []
    const text = files.text(path(file)) ?? ''
    const elsewhere = folder === '.' && /\b(projects|getJestProjects\w*)\b/.test(text)
    if (elsewhere) {
      const reason = 'it only leads to the projects below, which have their own'
      return [{ name, file: path(file), command: err(reason) }]
    }
    const allowNoTests = PASSES_EMPTY.has(name) || /["']?passWithNoTests["']?\s*:\s*true/.test(text)
    return [
      {
        name,
        file: path(file),
        command: ok({ runner: { name, args: [] }, ...(allowNoTests && { allowNoTests }) }),
      },
    ]
  }
  return [
    ...tool('vitest', find(VITEST) ?? viteWithTests(find(VITE), path, files)),
    ...tool('jest', find(JEST) ?? inPackage('jest', entries, path, files)),
    ...detectMocha(entries, path, files),
    ...tool('playwright', find(PLAYWRIGHT)),
    ...tool('pytest', pytestFile(entries, path, files)),
    ...tool('go', entries.has('go.mod') ? 'go.mod' : undefined),
    ...tool('cargo', cargoFile(entries, path, files)),
  ]
}

type PathOf = (name: string) => string

/** A vite configuration is there for tests only if it speaks of them. */
function viteWithTests(name: string | undefined, path: PathOf, files: WorkspaceFiles): string | undefined {
  if (name === undefined) return undefined
  const text = files.text(path(name)) ?? ''
  return /\btest\s*:|vitest\/config/.test(text) ? name : undefined
}

function inPackage(
  key: string,
  entries: ReadonlySet<string>,
  path: PathOf,
  files: WorkspaceFiles,
): string | undefined {
  if (!entries.has('package.json')) return undefined
  return isRecord(files.json(path('package.json'))?.[key]) ? 'package.json' : undefined
}

function detectMocha(entries: ReadonlySet<string>, path: PathOf, files: WorkspaceFiles): DetectedTool[] {
  const config = mochaConfig(entries, path, files)
  if (!config) return []
  if (!config.ok) return [{ name: 'mocha', file: config.error.file, command: err(config.error.reason) }]
  const { file, words, spec } = config.value
  return [{ name: 'mocha', file, command: mochaWords(words, spec) }]
}

function pytestFile(entries: ReadonlySet<string>, path: PathOf, files: WorkspaceFiles): string | undefined {
  const has = (name: string, section: RegExp): boolean =>
    entries.has(name) && section.test(files.text(path(name)) ?? '')
  if (entries.has('pytest.ini')) return 'pytest.ini'
  if (has('pyproject.toml', /^\s*\[tool\.pytest[.\]]/m)) return 'pyproject.toml'
  if (has('tox.ini', /^\[pytest\]/m)) return 'tox.ini'
  if (has('setup.cfg', /^\[tool:pytest\]/m)) return 'setup.cfg'
  if (entries.has('conftest.py')) return 'conftest.py'
  const inTests = entries.has('tests') ? files.entries(path('tests')) : new Set<string>()
  const named = [...inTests].toSorted().find((name) => /^(test_.*|.*_test|conftest)\.py$/.test(name))
  return named === undefined ? undefined : `tests/${named}`
}

/** A Cargo workspace without a package of its own has its tests in its members. */
function cargoFile(entries: ReadonlySet<string>, path: PathOf, files: WorkspaceFiles): string | undefined {
  if (!entries.has('Cargo.toml')) return undefined
  return /^\s*\[package\]/m.test(files.text(path('Cargo.toml')) ?? '') ? 'Cargo.toml' : undefined
}
