/** Writes the JSON Schemas of this folder from the zod schemas: `npm run schemas -w @muster/model`. */
import { writeFileSync } from 'node:fs'
import { jsonSchemas, printJsonSchema } from '@muster/model/schema'

for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(new URL(name, import.meta.url), printJsonSchema(schema))
}
