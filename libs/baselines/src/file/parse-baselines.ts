import { err, ok, type Result } from '@muster/model'
import { BASELINE_VERSION, baselineFileSchema, type BaselineFile } from './baseline-file.ts'
import type { BaselineProblem } from './baseline-problem.ts'
import { checkFigures } from './check-figures.ts'
import { locatedJson, type LocatedJson } from './located-json.ts'

/**
 * One baseline file. Whatever is wrong with it is a problem that points into the text; then nothing of it is to be used,
 * and nothing to be written over it.
 */
export function parseBaselines(raw: string): Result<BaselineFile, readonly BaselineProblem[]> {
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  const conflicts = conflictMarkers(text)
  if (conflicts.length > 0) return err(conflicts)
  const json = locatedJson(text)
  if (!json.ok) return err([json.error])
  const newer = newerVersion(json.value)
  if (newer) return err([newer])
  const checked = baselineFileSchema.safeParse(json.value.value)
  if (!checked.success) {
    return err(
      checked.error.issues.map(({ path, message }) =>
        json.value.problem('schema', path.map(plainKey), message),
      ),
    )
  }
  const doubts = checkFigures(checked.data).map(({ path, message }) =>
    json.value.problem('schema', path, message),
  )
  return doubts.length > 0 ? err(doubts) : ok(checked.data)
}

const plainKey = (part: PropertyKey): string | number => (typeof part === 'symbol' ? String(part) : part)

/** Git puts its markers at the start of a line, where JSON as it is written here never has such characters. */
function conflictMarkers(text: string): readonly BaselineProblem[] {
  return text.split('\n').flatMap((line, index) =>
    /^<{7}( |$|\r)/.test(line)
      ? [
          {
            kind: 'conflict' as const,
            path: '$',
            line: index + 1,
            column: 1,
            message:
              'git conflict markers: keep the entries of one side (`git checkout --ours` or `--theirs` takes the whole file of one), then measure again what both branches changed',
          },
        ]
      : [],
  )
}

function newerVersion(json: LocatedJson): BaselineProblem | undefined {
  const { value } = json
  const version =
    typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  if (typeof version !== 'number' || version <= BASELINE_VERSION) return undefined
  return json.problem(
    'newer',
    ['version'],
    `version ${version} was written by a newer Muster, this one reads version ${BASELINE_VERSION}: update Muster`,
  )
}
