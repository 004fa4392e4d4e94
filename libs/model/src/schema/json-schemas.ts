import * as z from 'zod'
import { runRecordSchema } from './run-record.ts'
import { suiteJsonSchema } from './suite-json.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** The JSON Schemas that are checked in below `schemas/` and shipped, by file name. */
export const jsonSchemas = (): Readonly<
  Record<'suite.schema.json' | 'run-record.schema.json', JsonSchema>
> => ({
  'suite.schema.json': z.toJSONSchema(suiteJsonSchema, { io: 'input' }),
  'run-record.schema.json': z.toJSONSchema(runRecordSchema, { io: 'input' }),
})

/** A file's text, byte for byte as it is checked in. */
export const printJsonSchema = (schema: JsonSchema): string => `${JSON.stringify(schema, null, 2)}\n`
