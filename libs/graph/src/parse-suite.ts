import { suiteJsonSchema } from '@muster/model/schema'
import { hasErrors } from './diagnostic.ts'
import { fillSuite } from './fill-suite.ts'
import { parseJsonDocument, type JsonDocument } from './json-document.ts'
import type { ParsedSuite, SuitePositions } from './parsed-suite.ts'
import { schemaDiagnostics } from './schema-diagnostics.ts'
import { unsupportedFields } from './unsupported-fields.ts'

/**
 * One suite.json: comments and trailing commas are allowed, unknown fields are not. Never throws;
 * whatever is wrong is a diagnostic that points into the text.
 * @param source workspace-relative, '/'-separated path of the file
 */
export function parseSuite(text: string, source: string): ParsedSuite {
  const { document, diagnostics } = parseJsonDocument(text, source)
  if (!document) return { source, diagnostics }

  const checked = suiteJsonSchema.safeParse(document.value)
  const found = [
    ...diagnostics,
    ...(checked.success
      ? unsupportedFields(checked.data, document)
      : schemaDiagnostics(checked.error.issues, { ...document, schema: 'suite.schema.json' })),
  ].sort((a, b) => a.line - b.line || a.column - b.column)

  if (!checked.success || hasErrors(found)) {
    const name = suiteJsonSchema.shape.name.safeParse(document.valueAt(['name']))
    const kind = suiteJsonSchema.shape.kind.safeParse(document.valueAt(['kind']))
    return {
      source,
      ...(name.success && { name: name.data }),
      ...(kind.success && { kind: kind.data }),
      diagnostics: found,
    }
  }
  const suite = fillSuite(checked.data, source)
  return {
    source,
    suite,
    name: suite.id,
    kind: suite.kind,
    positions: positionsIn(document, suite),
    diagnostics: found,
  }
}

const positionsIn = (
  document: JsonDocument,
  { dependsOn, covers }: { dependsOn: readonly unknown[]; covers: readonly unknown[] },
): SuitePositions => ({
  name: document.locate(['name']),
  dependsOn: dependsOn.map((_, index) => document.locate(['dependsOn', index])),
  covers: covers.map((_, index) => document.locate(['covers', index])),
})
