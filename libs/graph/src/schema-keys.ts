import { jsonSchemas, type JsonSchemaFile } from '@muster/model/schema'

/** The few words of JSON Schema that say which properties a place may have. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
}

let roots: Readonly<Record<JsonSchemaFile, SchemaNode>> | undefined

/** The field names that a schema allows at a path, in its order. Empty where it holds no object. */
export function allowedKeys(schema: JsonSchemaFile, path: readonly (string | number)[]): string[] {
  roots ??= jsonSchemas() as Readonly<Record<JsonSchemaFile, SchemaNode>>
  let nodes = alternatives(roots[schema])
  for (const part of path) {
    const next = nodes.map((node) => (typeof part === 'number' ? node.items : node.properties?.[part]))
    nodes = next.flatMap((node) => (node ? alternatives(node) : []))
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))]
}

const alternatives = (node: SchemaNode): SchemaNode[] => {
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? [])]
  return branches.length === 0 ? [node] : branches.flatMap(alternatives)
}
