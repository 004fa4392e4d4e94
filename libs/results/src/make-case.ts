import type { CaseError, CaseStatus, TestCase } from '@muster/model'
import { MAX_EARLIER_ERRORS, MAX_NAME, MAX_OUTPUT } from './limits.ts'
import { cut, detach } from './text.ts'

interface CaseParts {
  readonly path: readonly string[]
  readonly file?: string | undefined
  readonly status: CaseStatus
  /** Milliseconds; what is no duration counts as 0. */
  readonly durationMs?: number | undefined
  readonly attempts?: number
  readonly skipReason?: string | undefined
  readonly error?: CaseError | undefined
  readonly errored?: boolean
  readonly earlierErrors?: readonly CaseError[]
  readonly hook?: boolean
  readonly stdout?: string | undefined
  readonly stderr?: string | undefined
}

const UNNAMED = '(unnamed test)'

/** A test case of what a reader found: only what belongs to its status, cut and independent of the file's text. */
export function makeCase(parts: CaseParts): TestCase {
  const { path, file, status, durationMs = 0, attempts = 1, earlierErrors = [] } = parts
  const failed = status === 'failed'
  return {
    path: [...path.slice(0, -1), path.at(-1) || UNNAMED].map((title) => cut(detach(title), MAX_NAME)),
    ...(file !== undefined && { file: detach(file) }),
    status,
    durationMs: Number.isFinite(durationMs) && durationMs > 0 ? durationMs : 0,
    ...(attempts > 1 && { attempts }),
    ...(status === 'skipped' &&
      parts.skipReason !== undefined && { skipReason: cut(detach(parts.skipReason), MAX_NAME) }),
    ...(failed && { error: parts.error ?? { message: 'failed' } }),
    ...(failed && parts.errored === true && { errored: true as const }),
    ...(earlierErrors.length > 0 && { earlierErrors: earlierErrors.slice(0, MAX_EARLIER_ERRORS) }),
    ...(failed && parts.hook === true && { hook: true }),
    ...(failed && output('stdout', parts.stdout)),
    ...(failed && output('stderr', parts.stderr)),
  }
}

function output(
  stream: 'stdout' | 'stderr',
  text = '',
): { readonly stdout?: string; readonly stderr?: string } {
  const trimmed = text.trim()
  return trimmed === '' ? {} : { [stream]: cut(detach(trimmed), MAX_OUTPUT) }
}
