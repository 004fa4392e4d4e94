import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reportProblem, type ReportProblem } from './report-problem.ts'

export interface Templates {
  readonly page: string
  readonly header: string
  readonly appendix: string
  readonly summary: string
  /** The team's `style.css`, which comes after ours. */
  readonly extraStyle: string
  /** Files of the team that can't be used; ours stand in for them. */
  readonly problems: readonly ReportProblem[]
}

/** Beside the sources; at the same place seen from `src` and from `dist`. */
const OURS = fileURLToPath(new URL('../../src/templates/', import.meta.url))

/**
 * `page.mustache`, `header.mustache`, `appendix.mustache` and `summary.mustache` of the team's folder take the
 * place of ours, one by one; its `style.css` is added after ours.
 * @param folder absolute; undefined for ours only
 */
export async function loadTemplates(folder: string | undefined): Promise<Templates> {
  const problems: ReportProblem[] = []
  const load = async (name: string): Promise<string> =>
    (await loadTheirs(folder, `${name}.mustache`, problems)) ?? (await ours(`${name}.mustache`))
  const [page, header, appendix, summary, extraStyle] = await Promise.all([
    load('page'),
    load('header'),
    load('appendix'),
    load('summary'),
    loadTheirs(folder, 'style.css', problems),
  ])
  return { page, header, appendix, summary, extraStyle: extraStyle ?? '', problems }
}

const ours = (name: string): Promise<string> => readFile(join(OURS, name), 'utf8')

/** @returns undefined when the team has no such file, or one that can't be used */
async function loadTheirs(
  folder: string | undefined,
  name: string,
  problems: ReportProblem[],
): Promise<string | undefined> {
  if (folder === undefined) return undefined
  const file = join(folder, name)
  try {
    const text = await readFile(file, 'utf8')
    if (name.endsWith('.mustache')) (await import('mustache')).default.parse(text)
    return text
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code !== 'ENOENT') problems.push(reportProblem(file, error))
    } else {
      const cause = error instanceof Error ? error.message : String(error)
      problems.push({ file, cause, remedy: 'Correct the template; the built-in one was used instead.' })
    }
    return undefined
  }
}
