import * as z from 'zod'
import { quarantineJsonSchema } from './quarantine-json.ts'
import { runRecordSchema } from './run-record.ts'
import { suiteJsonSchema } from './suite-json.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

export type JsonSchemaFile = 'suite.schema.json' | 'quarantine.schema.json' | 'run-record.schema.json'

/** The JSON Schemas that are checked in below `schemas/` and shipped, by file name. */
export const jsonSchemas = (): Readonly<Record<JsonSchemaFile, JsonSchema>> => ({
  'suite.schema.json': z.toJSONSchema(suiteJsonSchema, { io: 'input' }),
  'quarantine.schema.json': z.toJSONSchema(quarantineJsonSchema, { io: 'input' }),
  'run-record.schema.json': z.toJSONSchema(runRecordSchema, { io: 'input' }),
})

/** A file's text, byte for byte as it is checked in. */
export const printJsonSchema = (schema: JsonSchema): string => `${JSON.stringify(schema, null, 2)}\n`
