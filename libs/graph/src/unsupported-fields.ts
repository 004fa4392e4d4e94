import { futureFields, type FutureField, type SuiteJson } from '@muster/model/schema'
import type { Diagnostic } from './diagnostic.ts'
import { printPath, type JsonDocument } from './json-document.ts'

/** What a field may say without asking for anything that this version doesn't do. */
const WITHOUT_EFFECT: Readonly<Partial<Record<FutureField, unknown>>> = {
  environment: 'local',
}

/** A warning for each declared wish that this version accepts but can't fulfil. */
export function unsupportedFields(json: SuiteJson, document: JsonDocument): Diagnostic[] {
  return (Object.keys(futureFields) as FutureField[]).flatMap((field): Diagnostic[] => {
    const value = json[field]
    if (value === undefined || value === WITHOUT_EFFECT[field]) return []
    const what = typeof value === 'object' ? `"${field}"` : `"${field}": ${JSON.stringify(value)}`
    return [
      {
        severity: 'warning',
        ...document.locateKey([field]),
        path: printPath([field]),
        message: `${what} is not supported yet and has no effect`,
      },
    ]
  })
}
