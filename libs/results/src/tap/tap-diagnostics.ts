import { inspect } from 'node:util'
import type { CaseError } from '@muster/model'
import { MAX_ERROR_TEXT } from '../limits.ts'
import { cut, detach } from '../text.ts'

/** What a YAML block under a test point tells. */
export interface TapDiagnostics {
  readonly error: CaseError
  readonly file?: string
}

/**
 * Reads the keys that producers use: node:test (`error`, `stack`, `expected`, `actual`, `location`),
 * node-tap (`stack`, `wanted`, `found`, `at`), and TAP 13's own example (`message`, `data.got`).
 * @param fallback the message when the block has none
 */
export function tapDiagnostics(diag: unknown, fallback: string): TapDiagnostics {
  if (!isRecord(diag)) {
    const text = diag === null || diag === undefined ? fallback : asText(diag)
    return { error: { message: text } }
  }
  const data = isRecord(diag['data']) ? diag['data'] : {}
  const message = pick(diag['message'], diag['error'], diag['reason'])
  const stack = pick(diag['stack'])
  const expected = pick(diag['expected'], diag['wanted'], data['expected'], data['expect'])
  const actual = pick(diag['actual'], diag['found'], data['actual'], data['got'])
  const file = fileOf(diag)
  return {
    error: {
      message: message ?? fallback,
      ...(stack !== undefined && { stack }),
      ...(expected !== undefined && { expected }),
      ...(actual !== undefined && { actual }),
    },
    ...(file !== undefined && { file }),
  }
}

function fileOf(diag: Readonly<Record<string, unknown>>): string | undefined {
  const { at, location, file } = diag
  if (isRecord(at)) return pick(at['file'], at['fileName'])
  if (typeof file === 'string') return file
  const place = typeof location === 'string' ? location : typeof at === 'string' ? at : undefined
  // Only with a line number is it surely a place and not prose.
  return place === undefined ? undefined : /^(.+?):\d+(?::\d+)?$/.exec(place.trim())?.[1]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The first that is there, as text. */
function pick(...values: readonly unknown[]): string | undefined {
  const value = values.find((each) => each !== undefined)
  return value === undefined ? undefined : asText(value)
}

const asText = (value: unknown): string =>
  cut(
    typeof value === 'string' ? detach(value.trimEnd()) : inspect(value, { depth: 4, customInspect: false }),
    MAX_ERROR_TEXT,
  )
