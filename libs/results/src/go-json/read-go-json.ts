import type { FormatReader } from '../format-reader.ts'
import { readJsonLines } from '../json/read-json-lines.ts'
import { GoPackages } from './go-packages.ts'

/**
 * `go test -json` (https://pkg.go.dev/cmd/test2json): every test and subtest with a verdict of its own is a
 * case, as gotestsum counts them. A package that fails without a failing test, and one that doesn't build,
 * are an error each.
 */
export const readGoJson: FormatReader = async (context) => {
  const packages = new GoPackages(context.cases)
  const { whole, lines } = await readJsonLines(
    context,
    (event) => packages.event(event),
    (line) => packages.plainLine(line),
  )
  if (!packages.sawAny) {
    context.warnings.add('holds no events of go test')
    return { complete: false }
  }
  const open = packages.end()
  if (open === undefined) return { complete: whole }
  context.warnings.add(
    `ends before package ${open.slice(0, 200)} does; the ${context.cases.length} finished test cases are kept`,
    { line: lines },
  )
  return { complete: false }
}
