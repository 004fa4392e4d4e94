import fastGlob from 'fast-glob'

/** Which files a suite's coverage is about. All paths and globs are workspace-relative. */
export interface ScopeOrder {
  /** Folders of the projects that it covers; `.` is the workspace itself. */
  readonly roots: readonly string[]
  /** Folders of other projects below those. */
  readonly notRoots: readonly string[]
  /** Replaces `roots` where given. */
  readonly include?: readonly string[]
  /** Added to what is never meant. */
  readonly exclude: readonly string[]
}

/** No source, or not the workspace's own. */
const NEVER = ['**/node_modules/**', '**/.*/**', '**/*.d.{ts,mts,cts}', '**/*.json', '**/*.md', '**/*.map']

/** Tests and what is made or configured, where the suite doesn't name its files itself. */
const NOT_BY_DEFAULT = [
  '**/*.{test,spec,bench,stories}.*',
  '**/*_test.{go,py}',
  '**/test_*.py',
  '**/{test,tests,__tests__,__mocks__,__fixtures__,fixtures}/**',
  '**/{dist,build,out,coverage,target,vendor,tmp,reports}/**',
  '**/*.{config,conf}.*',
  '**/{.mocharc,eslintrc,gulpfile,Gruntfile}.*',
]

const SOURCES = '**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx,vue,svelte,py,go,rs,java,kt,cs,rb,php,c,cc,cpp,h,hpp}'

/** The files of a scope that exist, workspace-relative, sorted. */
export async function filesInScope(
  root: string,
  { roots, notRoots, include, exclude }: ScopeOrder,
): Promise<string[]> {
  const globs = include ?? roots.map((folder) => (folder === '.' ? SOURCES : `${escape(folder)}/${SOURCES}`))
  const others = include ? [] : notRoots.map((folder) => `${escape(folder)}/**`)
  const files = await fastGlob([...globs], {
    cwd: root,
    ignore: [...NEVER, ...(include ? [] : NOT_BY_DEFAULT), ...others, ...exclude],
    onlyFiles: true,
    followSymbolicLinks: false,
  })
  return files.toSorted()
}

const escape = (folder: string): string => fastGlob.escapePath(folder)
