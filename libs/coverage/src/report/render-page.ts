import type { Coverage, FileCoverage } from '../structure.ts'
import { pageFile } from './page-data.ts'
import { PAGE_SCRIPT } from './page-script.ts'
import { PAGE_STYLE } from './page-style.ts'
import type { CoverageReportOrder } from './write-coverage-reports.ts'

export interface PageOrder extends Pick<CoverageReportOrder, 'record' | 'title' | 'diff'> {
  readonly parts: ReadonlyMap<string, Coverage>
  readonly sources: ReadonlyMap<string, string>
}

/** One file that shows everything, without asking anybody for anything. */
export function renderPage({ record, title, diff, parts, sources }: PageOrder): string {
  const missing = new Map(diff?.files.map(({ path, uncovered }) => [path, uncovered.flatMap(linesOf)]))
  const toPageFile = (project: string, path: string, file: FileCoverage): object =>
    pageFile(path, project, file, sources.get(path), missing.get(path) ?? [])
  const data = {
    title,
    record,
    diff: diff && { revision: diff.revision, lines: diff.lines },
    files: [...parts].flatMap(([project, files]) =>
      [...files].map(([path, file]) => toPageFile(project, path, file)),
    ),
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Coverage</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main id="app"><noscript>This page needs JavaScript.</noscript></main>
<script type="application/json" id="data">${embed(data)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`
}

/** Nothing in a source can end the element that holds it. */
const embed = (data: object): string => JSON.stringify(data).replaceAll('<', String.raw`\u003c`)

const linesOf = ([first, last]: readonly [number, number]): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
